package org.trimtab.chat.render;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.Equality;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.ListValue;
import org.trimtab.chat.value.Ordering;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.TupleValue;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** Filters that compare elements. */
final class SortingFilters {
  private record Keyed(Value key, Value item) {}

  private SortingFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("sort", SortingFilters::sort);
    filters.put("dictsort", SortingFilters::dictsort);
    filters.put("groupby", SortingFilters::groupby);
    filters.put("min", (input, arguments) -> extreme(input, arguments, "<", "do_min"));
    filters.put("max", (input, arguments) -> extreme(input, arguments, ">", "do_max"));
  }

  private static List<Value> sorted(List<Value> items, UnaryOperator<Value> key, boolean reverse) {
    List<Keyed> keyed = new ArrayList<>();
    items.forEach(item -> keyed.add(new Keyed(key.apply(item), item)));
    keyed.sort((a, b) -> reverse ? compare(b.key(), a.key()) : compare(a.key(), b.key()));
    return keyed.stream().map(Keyed::item).toList();
  }

  private static int compare(Value left, Value right) {
    return Ordering.holds("<", left, right) ? -1 : Ordering.holds("<", right, left) ? 1 : 0;
  }

  private static Value sort(Value input, Arguments arguments) {
    @Nullable Value[] bound =
        arguments.bind("do_sort", 0, "reverse", "case_sensitive", "attribute");
    boolean caseSensitive = Expect.truth(bound[1], false);
    List<Paths> paths = new ArrayList<>();
    if (bound[2] instanceof Text attributes) {
      for (String attribute : attributes.value().split(",", -1)) {
        paths.add(Paths.of(Text.of(attribute)));
      }
    } else {
      paths.add(Paths.of(bound[2]));
    }
    UnaryOperator<Value> key =
        item ->
            new ListValue(
                paths.stream()
                    .map(path -> Paths.ignoreCase(path.follow(item), caseSensitive))
                    .toList());
    return new ListValue(sorted(Values.list(input), key, Expect.truth(bound[0], false)));
  }

  private static Value dictsort(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_dictsort", 0, "case_sensitive", "by", "reverse");
    String by = bound[1] == null ? "key" : Expect.text(bound[1]);
    if (!by.equals("key") && !by.equals("value")) {
      throw new Failure("FilterArgumentError", "You can only sort by either \"key\" or \"value\"");
    }
    Expect.defined(input);
    if (!(input instanceof DictValue dict)) {
      throw new Failure(
          "AttributeError", "'" + input.typeName() + "' object has no attribute 'items'");
    }
    int part = by.equals("key") ? 0 : 1;
    boolean caseSensitive = Expect.truth(bound[0], false);
    List<Value> items = dict.entries().stream().map(entry -> (Value) entry.tuple()).toList();
    UnaryOperator<Value> key =
        item -> Paths.ignoreCase(((TupleValue) item).items().get(part), caseSensitive);
    return new ListValue(sorted(items, key, Expect.truth(bound[2], false)));
  }

  private static Value groupby(Value input, Arguments arguments) {
    @Nullable Value[] bound =
        arguments.bind("do_groupby", 1, "attribute", "default", "case_sensitive");
    boolean caseSensitive = Expect.truth(bound[2], false);
    Paths path = Paths.of(bound[0]);
    Value otherwise = bound[1];
    UnaryOperator<Value> key =
        item -> Paths.ignoreCase(path.follow(item, otherwise), caseSensitive);
    List<Value> groups = new ArrayList<>();
    List<Value> group = new ArrayList<>();
    for (Value item : sorted(Values.list(input), key, false)) {
      if (!group.isEmpty() && !Equality.equal(key.apply(group.get(0)), key.apply(item))) {
        groups.add(group(path.follow(group.get(0), otherwise), group));
        group = new ArrayList<>();
      }
      group.add(item);
    }
    if (!group.isEmpty()) {
      groups.add(group(path.follow(group.get(0), otherwise), group));
    }
    return new ListValue(groups);
  }

  private static Value group(Value grouper, List<Value> items) {
    return new TupleValue(List.of(grouper, new ListValue(items)));
  }

  private static Value extreme(Value input, Arguments arguments, String operator, String function) {
    @Nullable Value[] bound = arguments.bind(function, 0, "case_sensitive", "attribute");
    boolean caseSensitive = Expect.truth(bound[0], false);
    Paths path = Paths.of(bound[1]);
    Iterator<Value> items = Values.iterate(input);
    if (!items.hasNext()) {
      return Undefined.because("No aggregated item, sequence was empty.");
    }
    Value best = items.next();
    Value bestKey = Paths.ignoreCase(path.follow(best), caseSensitive);
    while (items.hasNext()) {
      Value item = items.next();
      Value key = Paths.ignoreCase(path.follow(item), caseSensitive);
      if (Ordering.holds(operator, key, bestKey)) {
        best = item;
        bestKey = key;
      }
    }
    return best;
  }
}
