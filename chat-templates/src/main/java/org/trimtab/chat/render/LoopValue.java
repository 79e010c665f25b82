package org.trimtab.chat.render;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Bool;
import org.trimtab.chat.value.Callable;
import org.trimtab.chat.value.Equality;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Generator;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.ListValue;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** The variable {@code loop} of a {@code for} block. Looks ahead only where it is asked to. */
final class LoopValue implements Callable {
  private final Value items;
  private final int depth;
  private final @Nullable Loops recursion;
  private Iterator<Value> iterator;
  private long index = -1;
  private long length = -1;
  private @Nullable Value before;
  private @Nullable Value current;
  private @Nullable Value after;
  private @Nullable Value lastChanged;

  LoopValue(Value items, Iterator<Value> iterator, int depth, @Nullable Loops recursion) {
    this.items = items;
    this.iterator = iterator;
    this.depth = depth;
    this.recursion = recursion;
  }

  boolean hasNext() {
    return after != null || iterator.hasNext();
  }

  Value advance() {
    Value next = after != null ? after : iterator.next();
    after = null;
    before = current;
    current = next;
    index++;
    return next;
  }

  @Override
  public @Nullable Value attribute(String name) {
    return switch (name) {
      case "index" -> new Int(index + 1);
      case "index0" -> new Int(index);
      case "revindex" -> new Int(length() - index);
      case "revindex0" -> new Int(length() - index - 1);
      case "first" -> Bool.of(index == 0);
      case "last" -> Bool.of(peek() == null);
      case "length" -> new Int(length());
      case "depth" -> new Int(depth + 1L);
      case "depth0" -> new Int(depth);
      case "previtem" -> before == null ? Undefined.because("there is no previous item") : before;
      case "nextitem" -> next();
      case "cycle" -> new Function("method", this::cycle);
      case "changed" -> new Function("method", this::changed);
      default -> null;
    };
  }

  private Value next() {
    Value next = peek();
    return next == null ? Undefined.because("there is no next item") : next;
  }

  private @Nullable Value peek() {
    if (after == null && iterator.hasNext()) {
      after = iterator.next();
    }
    return after;
  }

  @Override
  public long length() {
    if (length < 0) {
      if (items instanceof Generator) {
        List<Value> rest = new ArrayList<>();
        while (iterator.hasNext()) {
          rest.add(iterator.next());
          Limits.elements(rest.size());
        }
        iterator = rest.iterator();
        length = rest.size() + index + 1 + (after == null ? 0 : 1);
      } else {
        length = Values.length(items);
      }
    }
    return length;
  }

  private Value cycle(Arguments arguments) {
    int count = arguments.positional().size();
    if (count == 0) {
      throw Failure.type("no items for cycling given");
    }
    return arguments.positional("cycle", 1, count).get((int) (index % count));
  }

  private Value changed(Arguments arguments) {
    Value value = new ListValue(arguments.positional());
    boolean changed = lastChanged == null || !Equality.equal(lastChanged, value);
    lastChanged = value;
    return Bool.of(changed);
  }

  @Override
  public Value call(Arguments arguments) {
    if (recursion == null) {
      throw Failure.type("The loop must have the 'recursive' marker to be called recursively.");
    }
    Value inner = arguments.positional("loop", 1, 1).get(0);
    return Text.of(recursion.recurse(inner, depth + 1));
  }

  @Override
  public String representation() {
    return "<LoopContext " + (index + 1) + "/" + length() + ">";
  }

  @Override
  public String typeName() {
    return "LoopContext";
  }

  @Override
  public String qualifiedName() {
    return "jinja2.runtime.LoopContext";
  }
}
