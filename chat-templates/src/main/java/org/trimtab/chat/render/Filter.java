package org.trimtab.chat.render;

import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Value;

/** A filter: what {@code input | name(arguments)} computes. */
@FunctionalInterface
interface Filter {
  Value apply(Value input, Arguments arguments);
}
