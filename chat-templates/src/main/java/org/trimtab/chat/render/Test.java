package org.trimtab.chat.render;

import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Value;

/** A test: whether {@code input is name(arguments)} holds. */
@FunctionalInterface
interface Test {
  boolean holds(Value input, Arguments arguments);
}
