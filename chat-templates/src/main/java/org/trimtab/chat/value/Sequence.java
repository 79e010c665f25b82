package org.trimtab.chat.value;

import java.util.List;

/** A list or tuple. */
public sealed interface Sequence extends Value permits ListValue, TupleValue {
  /** The elements, not to be changed. */
  List<Value> items();

  /** A sequence of the same type with other elements. */
  Sequence with(List<Value> other);
}
