package org.trimtab.chat.render;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Equality;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Generator;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** Filters that choose or change elements one by one, when they are asked for. */
final class SelectionFilters {
  private SelectionFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("select", (input, arguments) -> select(input, arguments, false, true));
    filters.put("reject", (input, arguments) -> select(input, arguments, false, false));
    filters.put("selectattr", (input, arguments) -> select(input, arguments, true, true));
    filters.put("rejectattr", (input, arguments) -> select(input, arguments, true, false));
    filters.put("map", SelectionFilters::map);
    filters.put("unique", SelectionFilters::unique);
  }

  /** A generator whose arguments are looked at when its first element is taken, as in Python. */
  private static Value lazily(Value input, Supplier<Iterator<Value>> elements) {
    return Generator.of(
        new Iterator<>() {
          private @Nullable Iterator<Value> started;

          private Iterator<Value> start() {
            Iterator<Value> result = started;
            if (result == null) {
              result = Values.isTrue(input) ? elements.get() : List.<Value>of().iterator();
              started = result;
            }
            return result;
          }

          @Override
          public boolean hasNext() {
            return start().hasNext();
          }

          @Override
          public Value next() {
            return start().next();
          }
        });
  }

  private static Value select(
      Value input, Arguments arguments, boolean byAttribute, boolean wanted) {
    return lazily(
        input,
        () -> {
          Predicate<Value> predicate = predicate(arguments, byAttribute);
          Iterator<Value> items = Values.iterate(input);
          return new LazyIterator(
              () -> {
                while (items.hasNext()) {
                  Value item = items.next();
                  if (predicate.test(item) == wanted) {
                    return item;
                  }
                }
                return null;
              });
        });
  }

  private static Predicate<Value> predicate(Arguments arguments, boolean byAttribute) {
    List<Value> positional = arguments.positional();
    if (byAttribute && positional.isEmpty()) {
      throw new Failure("FilterArgumentError", "Missing parameter for attribute name");
    }
    Paths path = Paths.of(byAttribute ? positional.get(0) : null);
    int name = byAttribute ? 1 : 0;
    if (positional.size() <= name) {
      return item -> Values.isTrue(path.follow(item));
    }
    Arguments rest = arguments.without(name + 1);
    return item -> Tests.named(positional.get(name)).holds(path.follow(item), rest);
  }

  private static Value map(Value input, Arguments arguments) {
    return lazily(
        input,
        () -> {
          UnaryOperator<Value> change = change(arguments);
          Iterator<Value> items = Values.iterate(input);
          return new LazyIterator(() -> items.hasNext() ? change.apply(items.next()) : null);
        });
  }

  private static UnaryOperator<Value> change(Arguments arguments) {
    List<Value> positional = arguments.positional();
    Map<String, Value> named = arguments.named();
    if (positional.isEmpty() && named.containsKey("attribute")) {
      for (String name : named.keySet()) {
        if (!name.equals("attribute") && !name.equals("default")) {
          throw new Failure("FilterArgumentError", "Unexpected keyword argument '" + name + "'");
        }
      }
      Paths path = Paths.of(named.get("attribute"));
      return item -> path.follow(item, named.get("default"));
    }
    if (positional.isEmpty()) {
      throw new Failure("FilterArgumentError", "map requires a filter argument");
    }
    Arguments rest = arguments.without(1);
    return item -> Filters.named(positional.get(0)).apply(item, rest);
  }

  private static Value unique(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_unique", 0, "case_sensitive", "attribute");
    boolean caseSensitive = Expect.truth(bound[0], false);
    Paths path = Paths.of(bound[1]);
    Iterator<Value> items = Values.iterate(input);
    Set<Object> seen = new HashSet<>();
    return Generator.of(
        new LazyIterator(
            () -> {
              while (items.hasNext()) {
                Value item = items.next();
                Value key = Paths.ignoreCase(path.follow(item), caseSensitive);
                if (seen.add(Equality.key(key))) {
                  return item;
                }
              }
              return null;
            }));
  }
}
