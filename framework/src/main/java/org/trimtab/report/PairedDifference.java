package org.trimtab.report;

import org.jspecify.annotations.Nullable;

/**
 * How far a metric of one row is from that of the reference row, on the items that both have.
 *
 * @param items the number of common items
 * @param value this row minus the reference
 * @param interval its 95 % interval by the paired bootstrap
 * @param reference the reference row's value on the common items; null when each row has exactly
 *     these, so that its own value is that
 * @param test whether it could be chance; null for a perplexity, which is not tested
 */
public record PairedDifference(
    int items, double value, Interval interval, @Nullable Double reference, @Nullable Test test) {

  /**
   * A test of the hypothesis that there is no difference.
   *
   * @param name {@code McNemar} for 0/1 scores, else {@code sign flip}
   * @param p the two-sided p-value
   * @param adjusted the p-value after Holm's correction over all tests of the table
   * @param detectable the smallest true difference that this many items show with a power of 80 %
   *     at the 5 % level (normal approximation); null where all differences are the same, which
   *     says nothing of others
   */
  public record Test(String name, double p, double adjusted, @Nullable Double detectable) {}

  PairedDifference adjusted(Test tested, double p) {
    return new PairedDifference(
        items,
        value,
        interval,
        reference,
        new Test(tested.name(), tested.p(), p, tested.detectable()));
  }
}
