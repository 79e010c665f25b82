package org.trimtab.method.tune;

/**
 * Means and standard deviations of the kernels of a number, as Optuna sets them: a kernel is as
 * wide as the larger gap to its neighbours (the outermost have one neighbour; the ends of the range
 * count for a single observation), at least the range / min(100, 1 + kernels) ("magic clip"), at
 * most the range. The prior, last, is as wide as the range and centred on it.
 *
 * @param mean of each kernel, in searched units
 * @param deviation of each kernel
 * @param order the observations' kernels, ascending by mean
 */
record Bandwidths(double[] mean, double[] deviation, int[] order) {
  static Bandwidths of(Numbers numbers, double[] observations) {
    int count = observations.length;
    double low = numbers.searchedLow();
    double high = numbers.searchedHigh();
    double[] observed = new double[count];
    for (int i = 0; i < count; i++) {
      observed[i] = numbers.scale(observations[i]);
    }
    int[] order = NumpyOrder.of(observed);
    double[] mean = new double[count + 1];
    double[] deviation = new double[count + 1];
    double least = (high - low) / Math.min(100, count + 2);
    for (int i = 0; i < count; i++) {
      double own = observed[order[i]];
      double before = own - (i == 0 ? low : observed[order[i - 1]]);
      double after = (i == count - 1 ? high : observed[order[i + 1]]) - own;
      double gap = Math.max(before, after);
      if (count > 1 && i == 0) {
        gap = after;
      } else if (count > 1 && i == count - 1) {
        gap = before;
      }
      mean[order[i]] = own;
      deviation[order[i]] = Math.min(Math.max(gap, least), high - low);
    }
    mean[count] = 0.5 * (low + high);
    deviation[count] = high - low;
    return new Bandwidths(mean, deviation, order);
  }
}
