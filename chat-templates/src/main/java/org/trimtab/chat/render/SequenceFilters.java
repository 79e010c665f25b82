package org.trimtab.chat.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Arithmetic;
import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.DictView;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Generator;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.ListValue;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** Filters of anything that a loop can run over. */
final class SequenceFilters {
  private SequenceFilters() {}

  static void addTo(Map<String, Filter> filters) {
    for (String name : List.of("length", "count")) {
      filters.put(
          name,
          (input, arguments) -> {
            arguments.positional("len", 0, 0);
            return new Int(Values.length(input));
          });
    }
    filters.put("list", (input, arguments) -> new ListValue(Values.list(only(input, arguments))));
    filters.put("first", (input, arguments) -> first(only(input, arguments)));
    filters.put("last", (input, arguments) -> last(only(input, arguments)));
    filters.put("reverse", (input, arguments) -> reverse(only(input, arguments)));
    filters.put("items", (input, arguments) -> items(only(input, arguments)));
    filters.put("join", SequenceFilters::join);
    filters.put("sum", SequenceFilters::sum);
    filters.put("batch", SequenceFilters::batch);
    filters.put("slice", SequenceFilters::slice);
    filters.put("attr", SequenceFilters::attribute);
  }

  private static Value only(Value input, Arguments arguments) {
    arguments.bind("filter", 0);
    return input;
  }

  private static Value first(Value input) {
    Iterator<Value> items = Values.iterate(input);
    return items.hasNext() ? items.next() : Undefined.because("No first item, sequence was empty.");
  }

  private static Value last(Value input) {
    if (input instanceof Generator || !Values.isIterable(input)) {
      throw Failure.type("'" + input.typeName() + "' object is not reversible");
    }
    List<Value> items = Values.list(input);
    return items.isEmpty()
        ? Undefined.because("No last item, sequence was empty.")
        : items.get(items.size() - 1);
  }

  private static Value reverse(Value input) {
    if (input instanceof Text text) {
      return text.with(new StringBuilder(text.value()).reverse().toString());
    }
    if (!Values.isIterable(input)) {
      throw new Failure("FilterArgumentError", "argument must be iterable");
    }
    List<Value> items = Values.list(input);
    Collections.reverse(items);
    if (input instanceof Generator) {
      return new ListValue(items);
    }
    String type =
        input instanceof ListValue
            ? "list_reverseiterator"
            : input instanceof DictValue ? "dict_reversekeyiterator" : "reversed";
    return new Generator(type, items.iterator());
  }

  private static Value items(Value input) {
    if (input instanceof Undefined) {
      return Generator.of(Collections.emptyIterator());
    }
    if (!(input instanceof DictValue dict)) {
      // A generator fails where its first element is taken.
      return Generator.of(
          new LazyIterator(
              () -> {
                throw Failure.type("Can only get item pairs from a mapping.");
              }));
    }
    return Generator.of(new DictView(dict, DictView.Part.ITEMS).items().iterator());
  }

  private static Value join(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_join", 0, "d", "attribute");
    Paths path = Paths.of(bound[1]);
    TextJoiner joiner = new TextJoiner(bound[0] == null ? "" : Values.print(bound[0]));
    Values.iterate(input).forEachRemaining(item -> joiner.add(Values.print(path.follow(item))));
    return Text.of(joiner.toString());
  }

  private static Value sum(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_sum", 0, "attribute", "start");
    Paths path = Paths.of(bound[0]);
    Value sum = bound[1] == null ? new Int(0) : bound[1];
    if (sum instanceof Text) {
      throw Failure.type("sum() can't sum strings [use ''.join(seq) instead]");
    }
    Iterator<Value> items = Values.iterate(input);
    while (items.hasNext()) {
      sum = Arithmetic.apply("+", sum, path.follow(items.next()));
    }
    return sum;
  }

  private static Value batch(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_batch", 1, "linecount", "fill_with");
    long size = Expect.integer(bound[0], 0);
    List<Value> batches = new ArrayList<>();
    List<Value> batch = new ArrayList<>();
    for (Value item : Values.list(input)) {
      if (batch.size() == size) {
        batches.add(new ListValue(batch));
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      fill(batch, bound[1], size - batch.size());
      batches.add(new ListValue(batch));
    }
    return Generator.of(batches.iterator());
  }

  private static void fill(List<Value> batch, @Nullable Value with, long count) {
    if (with != null && !(with instanceof None) && count > 0) {
      Limits.elements(batch.size() + count);
      batch.addAll(Collections.nCopies((int) count, with));
    }
  }

  private static Value slice(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_slice", 1, "slices", "fill_with");
    List<Value> items = Values.list(input);
    int slices = Limits.elements(Expect.integer(bound[0], 1));
    if (slices <= 0) {
      throw Failure.unsupported("the filter 'slice' into no slices");
    }
    int each = items.size() / slices;
    int larger = items.size() % slices;
    List<Value> result = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < slices; i++) {
      int end = start + each + (i < larger ? 1 : 0);
      List<Value> slice = new ArrayList<>(items.subList(start, end));
      fill(slice, bound[1], i >= larger ? 1 : 0);
      result.add(new ListValue(slice));
      start = end;
    }
    return Generator.of(result.iterator());
  }

  private static Value attribute(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_attr", 1, "name");
    String name = bound[0] == null ? "" : Expect.text(bound[0]);
    Expect.defined(input);
    Value own = Attributes.own(input, name);
    return own != null ? own : Undefined.member(input, Text.of(name));
  }
}
