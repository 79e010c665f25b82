package org.trimtab.chat.render;

import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Callable;
import org.trimtab.chat.value.Value;

/**
 * A function, a built-in class or a bound method.
 *
 * @param typeName Python's name of its type: {@code function}, {@code type} or {@code
 *     builtin_function_or_method}
 * @param body what it does
 */
public record Function(String typeName, Body body) implements Callable {
  /** What a function does. */
  @FunctionalInterface
  public interface Body {
    /** Computes the result. */
    Value apply(Arguments arguments);
  }

  @Override
  public Value call(Arguments arguments) {
    return body.apply(arguments);
  }
}
