package org.trimtab.chat.value;

import java.util.Iterator;

/**
 * Elements that can be taken once, such as the result of {@code map} or {@code select}: a second
 * loop over it finds nothing, it has no length and is always true.
 *
 * @param typeName Python's name of the iterator's type
 * @param elements what is left of it
 */
public record Generator(String typeName, Iterator<Value> elements) implements Value {
  /** A generator proper. */
  public static Generator of(Iterator<Value> elements) {
    return new Generator("generator", elements);
  }
}
