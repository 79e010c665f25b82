package org.trimtab.chat.value;

import org.jspecify.annotations.Nullable;

/** A value that a template can call: a function, a bound method, a macro, the loop of a block. */
public non-sealed interface Callable extends Value {
  /** Calls it. */
  Value call(Arguments arguments);

  /** What it prints as. Fails where Python would print an address. */
  default String representation() {
    throw Failure.unsupported("printing a " + typeName());
  }

  /** Its number of elements, or -1 where it has no length. */
  default long length() {
    return -1;
  }

  /** Its attribute of that name, or null where it has none. */
  default @Nullable Value attribute(String name) {
    throw Failure.unsupported("attribute '" + name + "' of a " + typeName());
  }
}
