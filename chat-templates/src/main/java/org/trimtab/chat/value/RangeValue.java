package org.trimtab.chat.value;

import java.util.AbstractList;
import java.util.List;

/**
 * A range of integers.
 *
 * @param start its first element
 * @param stop the bound that it does not reach
 * @param step the difference between neighbours, not 0
 */
public record RangeValue(long start, long stop, long step) implements Value {
  /** Checks the step and the length. */
  public RangeValue {
    if (step == 0) {
      throw Failure.value("range() arg 3 must not be zero");
    }
    if (Math.abs(start) > 1L << 40 || Math.abs(stop) > 1L << 40 || Math.abs(step) > 1L << 40) {
      throw Failure.unsupported("a range beyond 40 bits");
    }
    if (count(start, stop, step) > Limits.RANGE) {
      throw new Failure(
          "OverflowError",
          "Range too big. The sandbox blocks ranges larger than MAX_RANGE (" + Limits.RANGE + ").");
    }
  }

  private static long count(long start, long stop, long step) {
    long span = step > 0 ? stop - start : start - stop;
    long stride = Math.abs(step);
    return span <= 0 ? 0 : (span + stride - 1) / stride;
  }

  /** The elements, computed when asked for. */
  public List<Value> items() {
    int size = (int) count(start, stop, step);
    return new AbstractList<>() {
      @Override
      public Value get(int index) {
        return new Int(start + index * step);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  @Override
  public String typeName() {
    return "range";
  }
}
