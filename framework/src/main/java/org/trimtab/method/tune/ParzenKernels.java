package org.trimtab.method.tune;

import org.trimtab.plan.random.CounterRandom;

/** One parameter's kernels of a Parzen estimator: one per observation, and last the prior. */
sealed interface ParzenKernels permits ContinuousKernels, SteppedKernels, ChoiceKernels {
  /** ParzenKernels for observations in the order of age, each a {@link Domain#code}. */
  static ParzenKernels of(Domain domain, double[] observations) {
    if (domain instanceof Choices choices) {
      return new ChoiceKernels(choices.size(), observations);
    }
    Numbers numbers = (Numbers) domain;
    return numbers.step() == 0
        ? ContinuousKernels.of(numbers, observations)
        : SteppedKernels.of(numbers, observations);
  }

  /**
   * Takes in the part of every kernel's density (probability, if discrete) that is the same for all
   * values, by factors and by logarithms: one logarithm of all factors costs less than one of each.
   *
   * @param weights multiplied by factors in [1, 100], one per kernel
   * @param terms logarithms, to which the rest is added
   */
  void weigh(double[] weights, double[] terms);

  /** Adds the other part, that of one value. */
  void add(double code, double[] terms);

  /** A value drawn from one kernel by the generator's number {@code counter}. */
  double draw(int kernel, CounterRandom random, long counter);
}
