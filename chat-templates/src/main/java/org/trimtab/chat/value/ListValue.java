package org.trimtab.chat.value;

import java.util.List;

/** A Python list, which templates cannot change. */
public record ListValue(List<Value> items) implements Sequence {
  /** Keeps the elements. */
  public ListValue {
    Limits.elements(items.size());
    items = List.copyOf(items);
  }

  @Override
  public ListValue with(List<Value> other) {
    return new ListValue(other);
  }

  @Override
  public String typeName() {
    return "list";
  }
}
