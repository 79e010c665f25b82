package org.trimtab.chat.render;

import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Arithmetic;
import org.trimtab.chat.value.Bool;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** Arguments as the types that functions expect. */
final class Expect {
  private Expect() {}

  /** A string. */
  static String text(Value value) {
    if (value instanceof Text text) {
      return text.value();
    }
    throw Failure.type("expected str instance, " + value.typeName() + " found");
  }

  /** A string, or null where there is none or None. */
  static @Nullable String optionalText(@Nullable Value value, String function) {
    if (value == null || value instanceof None) {
      return null;
    }
    if (value instanceof Text text) {
      return text.value();
    }
    throw Failure.type(function + " arg must be None or str");
  }

  /** An integer, or another where there is none. */
  static long integer(@Nullable Value value, long otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Int || value instanceof Bool) {
      return Arithmetic.integer(value);
    }
    throw Failure.type("'" + value.typeName() + "' object cannot be interpreted as an integer");
  }

  /** An integer that fits an int, as larger ones mean the same here. */
  static int bounded(@Nullable Value value, int otherwise) {
    return (int)
        Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, integer(value, otherwise)));
  }

  /** A truth, or another where there is none. */
  static boolean truth(@Nullable Value value, boolean otherwise) {
    return value == null ? otherwise : Values.isTrue(value);
  }

  /** A value that a function needs itself: an undefined one fails. */
  static Value defined(Value value) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    return value;
  }

  /** Text that must not be marked safe, where escaping would come in. */
  static String plain(Text text, String function) {
    if (text.markup()) {
      throw Failure.unsupported("'" + function + "' of text marked safe");
    }
    return text.value();
  }
}
