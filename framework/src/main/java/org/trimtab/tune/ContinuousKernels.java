package org.trimtab.tune;

import org.trimtab.random.CounterRandom;

/** Kernels of a continuous number: normal distributions between the ends of the range. */
final class ContinuousKernels implements Kernels {
  private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final Numbers numbers;
  private final double[] mean;
  private final double[] deviation;
  private final double[] inverse;
  private final double[] constant;

  private ContinuousKernels(Numbers numbers, Bandwidths bandwidths) {
    this.numbers = numbers;
    this.mean = bandwidths.mean();
    this.deviation = bandwidths.deviation();
    this.inverse = new double[mean.length];
    this.constant = new double[mean.length];
    double width = Double.NaN;
    double logWidth = Double.NaN;
    for (int i = 0; i < mean.length; i++) {
      // Most kernels have the least width.
      if (deviation[i] != width) {
        width = deviation[i];
        logWidth = Math.log(width);
      }
      inverse[i] = 1 / width;
      constant[i] = -LOG_ROOT_TWO_PI - TruncatedNormal.logMass(low(i), high(i)) - logWidth;
    }
  }

  static ContinuousKernels of(Numbers numbers, double[] observations) {
    return new ContinuousKernels(numbers, Bandwidths.of(numbers, observations));
  }

  private double low(int kernel) {
    return (numbers.searchedLow() - mean[kernel]) / deviation[kernel];
  }

  private double high(int kernel) {
    return (numbers.searchedHigh() - mean[kernel]) / deviation[kernel];
  }

  @Override
  public void add(double code, double[] terms) {
    double value = numbers.scale(code);
    double[] means = mean;
    double[] inverses = inverse;
    double[] constants = constant;
    for (int i = 0; i < terms.length; i++) {
      double distance = (value - means[i]) * inverses[i];
      terms[i] += constants[i] - 0.5 * distance * distance;
    }
  }

  @Override
  public double draw(int kernel, CounterRandom random, long counter) {
    double drawn = TruncatedNormal.quantile(random.uniform(counter), low(kernel), high(kernel));
    return numbers.nearest(mean[kernel] + drawn * deviation[kernel]);
  }
}
