package org.trimtab.method.delta;

import java.util.EnumSet;
import java.util.Set;
import org.trimtab.data.DatasetKind;

/** The loss over the examples of a task, from the log-likelihoods of their continuations. */
public enum TaskObjective {
  /** Minus the log-likelihood of the target, summed over its tokens. */
  NLL {
    @Override
    double value(double[] logLikelihoods, double[] shares, double[] slopes) {
      double value = 0;
      for (int k = 0; k < slopes.length; k++) {
        value -= shares[k] * logLikelihoods[k];
        slopes[k] = -shares[k];
      }
      return value;
    }
  },

  /**
   * KL(people || model): the model's distribution is the softmax of the options' log-likelihoods.
   */
  KL {
    @Override
    double value(double[] logLikelihoods, double[] shares, double[] slopes) {
      double most = Double.NEGATIVE_INFINITY;
      for (double each : logLikelihoods) {
        most = Math.max(most, each);
      }
      double sum = 0;
      for (double each : logLikelihoods) {
        sum += Math.exp(each - most);
      }
      double value = 0;
      for (int k = 0; k < slopes.length; k++) {
        double log = logLikelihoods[k] - most - Math.log(sum);
        value += shares[k] == 0 ? 0 : shares[k] * (Math.log(shares[k]) - log);
        slopes[k] = Math.exp(log) - shares[k];
      }
      return value;
    }
  };

  /** The kinds of data that it can use; of a fact's completions only the true one is wanted. */
  Set<DatasetKind> learnsFrom() {
    return this == KL
        ? EnumSet.of(DatasetKind.OPINIONS, DatasetKind.FACTS)
        : EnumSet.of(DatasetKind.MULTIPLE_CHOICE, DatasetKind.PAIRS, DatasetKind.FACTS);
  }

  /**
   * The loss of one example.
   *
   * @param logLikelihoods of its continuations, in nats
   * @param shares of its continuations; they sum to 1
   * @param slopes takes the derivative by each log-likelihood
   */
  abstract double value(double[] logLikelihoods, double[] shares, double[] slopes);
}
