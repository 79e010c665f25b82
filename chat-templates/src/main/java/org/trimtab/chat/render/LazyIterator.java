package org.trimtab.chat.render;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Value;

/** Elements that are computed when they are asked for. */
final class LazyIterator implements Iterator<Value> {
  private final Supplier<@Nullable Value> source;
  private @Nullable Value ahead;
  private boolean done;

  /**
   * Creates an iterator.
   *
   * @param source gives the next element, or null at the end
   */
  LazyIterator(Supplier<@Nullable Value> source) {
    this.source = source;
  }

  private @Nullable Value peek() {
    if (ahead == null && !done) {
      ahead = source.get();
      done = ahead == null;
    }
    return ahead;
  }

  @Override
  public boolean hasNext() {
    return peek() != null;
  }

  @Override
  public Value next() {
    Value result = peek();
    if (result == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    return result;
  }
}
