package org.trimtab.method.tune;

import java.math.BigDecimal;
import org.trimtab.UserException;

/**
 * A range of numbers, both ends included.
 *
 * @param low the smallest
 * @param high the largest
 * @param step the distance of its values; 0 for a continuum, at least 1 for integers
 * @param log whether its logarithm is searched; it is then positive, and has no step except 1
 *     between integers
 * @param integer whether its values are {@link Long}s
 */
public record Numbers(double low, double high, double step, boolean log, boolean integer)
    implements Domain {
  /** Checks the range. */
  public Numbers {
    if (!(low <= high) || Double.isInfinite(high - low)) {
      throw new UserException("the range must not end before it begins, nor be infinite");
    }
    if (step < 0 || (integer && (low % 1 != 0 || high % 1 != 0 || step < 1 || step % 1 != 0))) {
      throw new UserException("integers need whole numbers, and a step of 1 or more");
    }
    if (log && !(low > 0)) {
      throw new UserException("log needs a range above 0");
    }
    if (log && step != (integer ? 1 : 0)) {
      throw new UserException("log and step exclude each other");
    }
    if (step > 0 && remainder(low, high, step) != 0) {
      throw new UserException(
          "the range must be a multiple of its step, " + DomainText.plain(step));
    }
  }

  private static int remainder(double low, double high, double step) {
    BigDecimal width = BigDecimal.valueOf(high).subtract(BigDecimal.valueOf(low));
    return width.remainder(BigDecimal.valueOf(step)).signum();
  }

  /** The lower end of the density's support: half a step below, and its logarithm. */
  double searchedLow() {
    return scale(low - step / 2);
  }

  /** The upper end of the density's support: half a step above, and its logarithm. */
  double searchedHigh() {
    return scale(high + step / 2);
  }

  /** A number on the search scale: its logarithm, or itself. */
  double scale(double number) {
    return log ? Math.log(number) : number;
  }

  /** The nearest of its numbers (of two as near, the one an even number of steps away). */
  double nearest(double searched) {
    double number = log ? Math.exp(searched) : searched;
    double stepped = step == 0 ? number : low + Math.rint((number - low) / step) * step;
    return Math.min(Math.max(stepped, low), high);
  }

  @Override
  public boolean single() {
    return low == high;
  }

  @Override
  public double code(Object value) {
    double number = value instanceof Number known ? known.doubleValue() : Double.NaN;
    return Double.isFinite(number) && !(log && number - step / 2 <= 0) ? number : Double.NaN;
  }

  @Override
  public Object value(double code) {
    if (integer) {
      return Math.round(code);
    }
    if (step == 0) {
      return code;
    }
    // Exact decimals: 3 steps of 0.1 are 0.3.
    BigDecimal steps = BigDecimal.valueOf(Math.round((code - low) / step));
    return steps.multiply(BigDecimal.valueOf(step)).add(BigDecimal.valueOf(low)).doubleValue();
  }

  @Override
  public Object spread(double share) {
    return value(nearest(searchedLow() + share * (searchedHigh() - searchedLow())));
  }

  @Override
  public int size() {
    double steps = step == 0 ? Double.POSITIVE_INFINITY : Math.rint((high - low) / step);
    return single() ? 1 : (int) Math.min(steps + 1, Integer.MAX_VALUE);
  }

  @Override
  public Object level(int index, int count) {
    if (step > 0 && !log) {
      return value(low + step * spaced(index, count, size()));
    }
    double searched = scale(low) + share(index, count) * (scale(high) - scale(low));
    return value(nearest(searched));
  }

  @Override
  public String toString() {
    if (single() && !integer) {
      return "fixed " + DomainText.plain(low);
    }
    String range = DomainText.plain(low) + ".." + DomainText.plain(high);
    boolean stepped = step > (integer ? 1 : 0);
    return range
        + (integer ? " integer" : "")
        + (log ? " log" : "")
        + (stepped ? " step " + DomainText.plain(step) : "");
  }

  /** Place {@code index} of {@code count} evenly spaced ones in [0, 1]; the middle for one. */
  private static double share(int index, int count) {
    return count == 1 ? 0.5 : (double) index / (count - 1);
  }

  /** The same place among {@code size} values; different ones for count <= size. */
  static int spaced(int index, int count, int size) {
    return (int) Math.rint(share(index, count) * (size - 1));
  }
}
