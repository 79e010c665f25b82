package org.trimtab.method.tune;

import org.trimtab.plan.random.CounterRandom;

/**
 * ParzenKernels of a choice: that of an observation gives each option a weight of 1 / kernels, and
 * the observed one 1 more; the prior gives equal weights.
 */
final class ChoiceKernels implements ParzenKernels {
  private final int options;
  private final double[] observed;
  private final double same;
  private final double other;

  /** The logarithm of same / other. */
  private final double logRatio;

  ChoiceKernels(int options, double[] observed) {
    this.options = options;
    this.observed = observed;
    double share = 1.0 / (observed.length + 1);
    double sum = share * options + 1;
    this.same = (share + 1) / sum;
    this.other = share / sum;
    this.logRatio = Math.log((share + 1) / share);
  }

  @Override
  public void weigh(double[] weights, double[] terms) {
    double unequal = Math.log(other);
    for (int i = 0; i < observed.length; i++) {
      terms[i] += unequal;
    }
    terms[observed.length] -= Math.log(options);
  }

  @Override
  public void add(double code, double[] terms) {
    for (int i = 0; i < observed.length; i++) {
      terms[i] += observed[i] == code ? logRatio : 0;
    }
  }

  @Override
  public double draw(int kernel, CounterRandom random, long counter) {
    double rest = random.uniform(counter);
    for (int option = 0; option < options - 1; option++) {
      rest -= probability(kernel, option);
      if (rest < 0) {
        return option;
      }
    }
    return options - 1;
  }

  private double probability(int kernel, int option) {
    if (kernel == observed.length) {
      return 1.0 / options;
    }
    return observed[kernel] == option ? same : other;
  }
}
