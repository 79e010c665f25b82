package org.trimtab.method.tune;

import org.trimtab.plan.random.CounterRandom;

/** One parameter's kernels of a Parzen estimator: one per observation, and last the prior. */
sealed interface ParzenKernels {
  /** The kernels of observations in the order of age, each a {@link Domain#code}. */
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
   * Absorbs the part of every kernel's density (probability, if discrete) that is the same for all
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

  /**
   * Kernels of a choice: that of an observation gives each option a weight of 1 / kernels, and the
   * observed one 1 more; the prior gives equal weights.
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

  /** Kernels of a continuous number: normal distributions between the ends of the range. */
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

  /**
   * Kernels of a number with steps: the probability of a value is that of the normal distribution
   * within half a step of it.
   */
  final class SteppedKernels implements ParzenKernels {
    private final Numbers numbers;
    private final double[] mean;
    private final double[] deviation;

    /** Kernels with the same mean and deviation are computed once; this is their index. */
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

  /**
   * Means and standard deviations of the kernels of a number, as Optuna sets them: a kernel is as
   * wide as the larger gap to its neighbours (the outermost have one neighbour; the ends of the
   * range count for a single observation), at least the range / min(100, 1 + kernels) ("magic
   * clip"), at most the range. The prior, last, is as wide as the range and centred on it.
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
}
