package org.trimtab.method.tune;

import org.trimtab.plan.random.CounterRandom;

/** ParzenKernels of a continuous number: normal distributions between the ends of the range. */
final class ContinuousKernels implements ParzenKernels {
  private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private static final double ROOT_HALF = Math.sqrt(0.5);

  private final Numbers numbers;
  private final double[] mean;
  private final double[] deviation;

  /** Of a distance from the mean, what squared is the exponent of the normal distribution. */
  private final double[] slope;

  private ContinuousKernels(Numbers numbers, Bandwidths bandwidths) {
    this.numbers = numbers;
    this.mean = bandwidths.mean();
    this.deviation = bandwidths.deviation();
    this.slope = new double[mean.length];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = ROOT_HALF / deviation[i];
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
  public void weigh(double[] weights, double[] terms) {
    double low = numbers.searchedLow();
    double high = numbers.searchedHigh();
    double range = high - low;
    double rootTwoRanges = range / ROOT_HALF;
    double constant = LOG_ROOT_TWO_PI + Math.log(range);
    for (int i = 0; i < terms.length; i++) {
      weights[i] *= rootTwoRanges * slope[i];
      terms[i] -= constant;
      double far = TruncatedNormal.ALL * deviation[i];
      if (mean[i] - far < low || mean[i] + far > high) {
        terms[i] -= TruncatedNormal.logMass(low(i), high(i));
      }
    }
  }

  @Override
  public void add(double code, double[] terms) {
    double value = numbers.scale(code);
    double[] means = mean;
    double[] slopes = slope;
    for (int i = 0; i < terms.length; i++) {
      double distance = (value - means[i]) * slopes[i];
      terms[i] -= distance * distance;
    }
  }

  @Override
  public double draw(int kernel, CounterRandom random, long counter) {
    double drawn = TruncatedNormal.quantile(random.uniform(counter), low(kernel), high(kernel));
    return numbers.nearest(mean[kernel] + drawn * deviation[kernel]);
  }
}
