package org.trimtab.method.tune;

import org.trimtab.plan.random.CounterRandom;

/**
 * ParzenKernels of a number with steps: the probability of a value is that of the normal
 * distribution within half a step of it.
 */
final class SteppedKernels implements ParzenKernels {
  private final Numbers numbers;
  private final double[] mean;
  private final double[] deviation;

  /** ParzenKernels with the same mean and deviation are computed once; this is their index. */
  private final int[] shape;

  private final double[] shapeMean;
  private final double[] shapeDeviation;

  private SteppedKernels(Numbers numbers, Bandwidths bandwidths) {
    this.numbers = numbers;
    this.mean = bandwidths.mean();
    this.deviation = bandwidths.deviation();
    this.shape = new int[mean.length];
    int prior = mean.length - 1;
    int shapes = 0;
    int last = prior;
    int[] first = new int[mean.length];
    for (int kernel : bandwidths.order()) {
      if (last == prior || mean[kernel] != mean[last] || deviation[kernel] != deviation[last]) {
        first[shapes++] = kernel;
      }
      shape[kernel] = shapes - 1;
      last = kernel;
    }
    first[shapes] = prior;
    shape[prior] = shapes;
    this.shapeMean = new double[shapes + 1];
    this.shapeDeviation = new double[shapes + 1];
    for (int i = 0; i <= shapes; i++) {
      shapeMean[i] = mean[first[i]];
      shapeDeviation[i] = deviation[first[i]];
    }
  }

  static SteppedKernels of(Numbers numbers, double[] observations) {
    return new SteppedKernels(numbers, Bandwidths.of(numbers, observations));
  }

  private double logMass(int of, double low, double high) {
    double middle = shapeMean[of];
    double width = shapeDeviation[of];
    return TruncatedNormal.logMass((low - middle) / width, (high - middle) / width);
  }

  @Override
  public void weigh(double[] weights, double[] terms) {
    double[] mass = new double[shapeMean.length];
    for (int i = 0; i < mass.length; i++) {
      mass[i] = logMass(i, numbers.searchedLow(), numbers.searchedHigh());
    }
    for (int i = 0; i < terms.length; i++) {
      terms[i] -= mass[shape[i]];
    }
  }

  @Override
  public void add(double code, double[] terms) {
    double low = numbers.scale(code - numbers.step() / 2);
    double high = numbers.scale(code + numbers.step() / 2);
    double[] probability = new double[shapeMean.length];
    for (int i = 0; i < probability.length; i++) {
      probability[i] = logMass(i, low, high);
    }
    for (int i = 0; i < terms.length; i++) {
      terms[i] += probability[shape[i]];
    }
  }

  @Override
  public double draw(int kernel, CounterRandom random, long counter) {
    double low = (numbers.searchedLow() - mean[kernel]) / deviation[kernel];
    double high = (numbers.searchedHigh() - mean[kernel]) / deviation[kernel];
    double drawn = TruncatedNormal.quantile(random.uniform(counter), low, high);
    return numbers.nearest(mean[kernel] + drawn * deviation[kernel]);
  }
}
