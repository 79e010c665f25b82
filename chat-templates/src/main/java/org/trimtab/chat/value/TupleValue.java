package org.trimtab.chat.value;

import java.util.List;

/** A Python tuple, which templates cannot change. */
public record TupleValue(List<Value> items) implements Sequence {
  /** Keeps the elements. */
  public TupleValue {
    Limits.elements(items.size());
    items = List.copyOf(items);
  }

  @Override
  public TupleValue with(List<Value> other) {
    return new TupleValue(other);
  }

  @Override
  public String typeName() {
    return "tuple";
  }
}
