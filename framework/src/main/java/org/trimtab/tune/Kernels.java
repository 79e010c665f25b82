package org.trimtab.tune;

import org.trimtab.random.CounterRandom;

/** One parameter's kernels of a Parzen estimator: one an observation, and last the prior. */
sealed interface Kernels permits ContinuousKernels, SteppedKernels, ChoiceKernels {
  /** Kernels for observations in the order of age, each a {@link Domain#code}. */
  static Kernels of(Domain domain, double[] observations) {
    if (domain instanceof Choices choices) {
      return new ChoiceKernels(choices.size(), observations);
    }
    Numbers numbers = (Numbers) domain;
    return numbers.step() == 0
        ? ContinuousKernels.of(numbers, observations)
        : SteppedKernels.of(numbers, observations);
  }

  /** Adds every kernel's log density (log probability, if discrete) of a value to the terms. */
  void add(double code, double[] terms);

  /** A value drawn from one kernel by the generator's number {@code counter}. */
  double draw(int kernel, CounterRandom random, long counter);
}
