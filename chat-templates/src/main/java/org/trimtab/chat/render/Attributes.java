package org.trimtab.chat.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Arithmetic;
import org.trimtab.chat.value.Bool;
import org.trimtab.chat.value.Callable;
import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.NamespaceValue;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.RangeValue;
import org.trimtab.chat.value.Real;
import org.trimtab.chat.value.Sequence;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;

/** Attributes, elements and slices of values, by the rules of Jinja's sandbox. */
final class Attributes {
  private static final Set<String> NUMBER_ATTRIBUTES =
      Set.of(
          "as_integer_ratio",
          "bit_count",
          "bit_length",
          "conjugate",
          "denominator",
          "from_bytes",
          "fromhex",
          "hex",
          "imag",
          "is_integer",
          "numerator",
          "real",
          "to_bytes");
  private static final Set<String> VIEW_ATTRIBUTES = Set.of("isdisjoint", "mapping");
  private static final Set<String> RANGE_ATTRIBUTES =
      Set.of("count", "index", "start", "step", "stop");
  private static final Set<String> GENERATOR_ATTRIBUTES =
      Set.of("close", "gi_code", "gi_frame", "gi_running", "gi_yieldfrom", "send", "throw");

  private Attributes() {}

  /** {@code owner.name}: an attribute first, an element second, undefined otherwise. */
  static Value attribute(Value owner, String name) {
    if (owner instanceof Undefined undefined) {
      throw undefined.failure();
    }
    Value own = own(owner, name);
    if (own != null) {
      return own;
    }
    Value element = owner instanceof DictValue dict ? dict.get(Text.of(name)) : null;
    return element != null ? element : Undefined.member(owner, Text.of(name));
  }

  /** {@code owner[key]}: an element first, an attribute second, undefined otherwise. */
  static Value item(Value owner, Value key) {
    if (owner instanceof Undefined undefined) {
      throw undefined.failure();
    }
    Value element = element(owner, key);
    if (element != null) {
      return element;
    }
    Value own = key instanceof Text name ? own(owner, name.value()) : null;
    return own != null ? own : Undefined.member(owner, key);
  }

  private static @Nullable Value element(Value owner, Value key) {
    if (owner instanceof DictValue dict) {
      return entry(dict, key);
    }
    if (!(key instanceof Int || key instanceof Bool)) {
      return null;
    }
    long index = Arithmetic.integer(key);
    if (owner instanceof Text text) {
      int length = text.length();
      long at = index < 0 ? index + length : index;
      if (at < 0 || at >= length) {
        return null;
      }
      int start = text.value().offsetByCodePoints(0, (int) at);
      return text.with(text.value().substring(start, text.value().offsetByCodePoints(start, 1)));
    }
    List<Value> items = items(owner);
    if (items == null) {
      return null;
    }
    long at = index < 0 ? index + items.size() : index;
    return at < 0 || at >= items.size() ? null : items.get((int) at);
  }

  /** The value of a key; there is none for what cannot be a key. */
  private static @Nullable Value entry(DictValue dict, Value key) {
    try {
      return dict.get(key);
    } catch (Failure unhashable) {
      if (unhashable.kind().equals(Failure.LIMIT)) {
        throw unhashable;
      }
      return null;
    }
  }

  private static @Nullable List<Value> items(Value owner) {
    return owner instanceof Sequence sequence
        ? sequence.items()
        : owner instanceof RangeValue range ? range.items() : null;
  }

  /** The attribute that Python gives a value, or null where it has none of that name. */
  static @Nullable Value own(Value owner, String name) {
    if (owner instanceof NamespaceValue namespace) {
      return namespace.attributes().get(name);
    }
    if (name.startsWith("__") && name.endsWith("__")) {
      throw Failure.unsupported("the attribute '" + name + "'");
    }
    if (owner instanceof Callable callable) {
      return callable.attribute(name);
    }
    if (owner instanceof Text text) {
      return TextMethods.attribute(text, name);
    }
    if (owner instanceof DictValue || owner instanceof Sequence) {
      return CollectionMethods.attribute(owner, name);
    }
    boolean number = owner instanceof Int || owner instanceof Real || owner instanceof Bool;
    Set<String> known =
        number
            ? NUMBER_ATTRIBUTES
            : owner instanceof RangeValue
                ? RANGE_ATTRIBUTES
                : owner instanceof None
                    ? Set.of()
                    : owner.typeName().equals("generator") ? GENERATOR_ATTRIBUTES : VIEW_ATTRIBUTES;
    if (known.contains(name)) {
      throw Failure.unsupported("the attribute '" + name + "' of a " + owner.typeName());
    }
    return null;
  }

  /** {@code owner[start:stop:step]}. */
  static Value slice(
      Value owner, @Nullable Value start, @Nullable Value stop, @Nullable Value step) {
    if (owner instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (owner instanceof Text text) {
      int[] points = text.value().codePoints().toArray();
      StringBuilder out = new StringBuilder();
      for (int index : indices(points.length, start, stop, step)) {
        out.appendCodePoint(points[index]);
      }
      return text.with(out.toString());
    }
    if (owner instanceof Sequence sequence) {
      List<Value> taken = new ArrayList<>();
      for (int index : indices(sequence.items().size(), start, stop, step)) {
        taken.add(sequence.items().get(index));
      }
      return sequence.with(taken);
    }
    if (owner instanceof RangeValue) {
      throw Failure.unsupported("a slice of a range");
    }
    throw Failure.type(
        owner instanceof DictValue
            ? "unhashable type: 'slice'"
            : "'" + owner.typeName() + "' object is not subscriptable");
  }

  private static List<Integer> indices(
      int length, @Nullable Value start, @Nullable Value stop, @Nullable Value step) {
    long stride = bound(step, 1);
    if (stride == 0) {
      throw Failure.value("slice step cannot be zero");
    }
    boolean forward = stride > 0;
    long least = forward ? 0 : -1;
    long most = forward ? length : length - 1L;
    long first = clamp(bound(start, forward ? 0 : Long.MAX_VALUE), length, least, most, start);
    long end = clamp(bound(stop, forward ? Long.MAX_VALUE : -1), length, least, most, stop);
    List<Integer> indices = new ArrayList<>();
    for (long i = first; forward ? i < end : i > end; i += stride) {
      indices.add((int) i);
      if (Math.abs(stride) > length) {
        break;
      }
    }
    return indices;
  }

  private static long clamp(long bound, int length, long least, long most, @Nullable Value given) {
    boolean fromEnd = bound < 0 && given != null && !(given instanceof None);
    long absolute = fromEnd ? bound + length : bound;
    return Math.max(least, Math.min(most, absolute));
  }

  private static long bound(@Nullable Value value, long otherwise) {
    if (value == null || value instanceof None) {
      return otherwise;
    }
    if (value instanceof Int || value instanceof Bool) {
      return Arithmetic.integer(value);
    }
    throw Failure.type("slice indices must be integers or None or have an __index__ method");
  }
}
