package org.trimtab.chat.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** What Python does with any value: truth, length, iteration, membership. */
public final class Values {
  private Values() {}

  /**
   * The template's value of a Java value: null, strings, numbers, booleans, lists and maps of them.
   *
   * @throws IllegalArgumentException for other types
   */
  public static Value of(@Nullable Object object) {
    if (object == null) {
      return None.NONE;
    }
    if (object instanceof Value value) {
      return value;
    }
    if (object instanceof CharSequence text) {
      return Text.of(text.toString());
    }
    if (object instanceof Boolean truth) {
      return Bool.of(truth);
    }
    if (object instanceof Integer || object instanceof Long || object instanceof Short) {
      return new Int(((Number) object).longValue());
    }
    if (object instanceof Double || object instanceof Float) {
      return new Real(((Number) object).doubleValue());
    }
    if (object instanceof List<?> list) {
      List<Value> items = new ArrayList<>();
      list.forEach(item -> items.add(of(item)));
      return new ListValue(items);
    }
    if (object instanceof Map<?, ?> map) {
      List<DictValue.Entry> entries = new ArrayList<>();
      map.forEach((key, value) -> entries.add(new DictValue.Entry(of(key), of(value))));
      return new DictValue(entries);
    }
    throw new IllegalArgumentException(
        "a chat template takes null, strings, numbers, booleans, lists and maps, not "
            + object.getClass().getName());
  }

  /** Whether a value counts as true. */
  public static boolean isTrue(Value value) {
    if (value instanceof Bool truth) {
      return truth == Bool.TRUE;
    }
    if (value instanceof None || value instanceof Undefined) {
      return false;
    }
    if (value instanceof Int number) {
      return number.value() != 0;
    }
    if (value instanceof Real real) {
      return real.value() != 0;
    }
    int size = size(value);
    return size != 0;
  }

  /** The number of elements, or -1 where the type has no length. */
  private static int size(Value value) {
    if (value instanceof Text text) {
      return text.length();
    }
    if (value instanceof Sequence sequence) {
      return sequence.items().size();
    }
    if (value instanceof DictValue dict) {
      return dict.size();
    }
    if (value instanceof DictView view) {
      return view.dict().size();
    }
    if (value instanceof RangeValue range) {
      return range.items().size();
    }
    if (value instanceof Callable callable) {
      return (int) callable.length();
    }
    return value instanceof Undefined ? 0 : -1;
  }

  /** Python's {@code len}. Fails for values without a length. */
  public static int length(Value value) {
    int size = size(value);
    if (size < 0) {

      throw Failure.type("object of type '" + value.typeName() + "' has no len()");
    }
    return size;
  }

  /** Whether a loop can run over a value. */
  public static boolean isIterable(Value value) {
    return value instanceof Generator || (size(value) >= 0 && !(value instanceof Callable));
  }

  /** The elements that a loop over a value takes. Fails for values that are not iterable. */
  public static Iterator<Value> iterate(Value value) {
    if (value instanceof Text text) {
      return characters(text.value());
    }
    if (value instanceof Sequence sequence) {
      return sequence.items().iterator();
    }
    if (value instanceof DictValue dict) {
      return new DictView(dict, DictView.Part.KEYS).items().iterator();
    }
    if (value instanceof DictView view) {
      return view.items().iterator();
    }
    if (value instanceof RangeValue range) {
      return range.items().iterator();
    }
    if (value instanceof Generator generator) {
      return generator.elements();
    }
    if (value instanceof Undefined) {
      return List.<Value>of().iterator();
    }
    throw Failure.type("'" + value.typeName() + "' object is not iterable");
  }

  private static Iterator<Value> characters(String text) {
    return new Iterator<>() {
      private int position;

      @Override
      public boolean hasNext() {
        return position < text.length();
      }

      @Override
      public Value next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int start = position;
        position = text.offsetByCodePoints(start, 1);
        return Text.of(text.substring(start, position));
      }
    };
  }

  /** The elements of an iterable, taken at once. */
  public static List<Value> list(Value value) {
    List<Value> items = new ArrayList<>();
    Iterator<Value> iterator = iterate(value);
    while (iterator.hasNext()) {
      items.add(iterator.next());
      Limits.elements(items.size());
    }
    return items;
  }

  /** Python's {@code element in container}. */
  public static boolean contains(Value container, Value element) {
    if (container instanceof Text text) {
      if (element instanceof Text part) {
        return text.value().contains(part.value());
      }
      throw Failure.type(
          "'in <string>' requires string as left operand, not " + element.typeName());
    }
    if (container instanceof DictValue dict) {
      return dict.get(element) != null;
    }
    if (!isIterable(container)) {
      throw Failure.type("argument of type '" + container.typeName() + "' is not iterable");
    }
    Iterator<Value> items = iterate(container);
    while (items.hasNext()) {
      if (Equality.equal(items.next(), element)) {
        return true;
      }
    }
    return false;
  }

  /** Takes exactly so many elements, as an assignment to a tuple does. */
  public static List<Value> unpack(Value value, int count) {
    if (!isIterable(value)) {
      throw Failure.type("cannot unpack non-iterable " + value.typeName() + " object");
    }
    List<Value> items = list(value);
    if (items.size() < count) {
      throw Failure.value(
          "not enough values to unpack (expected " + count + ", got " + items.size() + ")");
    }
    if (items.size() > count) {
      throw Failure.value("too many values to unpack (expected " + count + ")");
    }
    return items;
  }

  /** Python's {@code str}: what printing the value gives. */
  public static String print(Value value) {
    return value instanceof Text text
        ? text.value()
        : value instanceof Undefined ? "" : Repr.of(value);
  }

  /** The printed value as text; text marked safe stays so. */
  public static Text text(Value value) {
    return value instanceof Text text ? text : Text.of(print(value));
  }
}
