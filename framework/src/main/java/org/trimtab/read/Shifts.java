package org.trimtab.read;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How far a difference of means shifts each token, in units of what shuffled labels shift it. The
 * highest z over all tokens is held against that of every permutation.
 */
final class Shifts {
  private final double[] z;

  /** Of each permutation, the highest z and that of the opposite difference. */
  private final double[] highest;

  private final double[] lowest;

  /**
   * @param scores of the difference, by token
   * @param shuffled of the differences under shuffled labels, two or more
   * @param vocabulary the number of tokens
   */
  Shifts(float[] scores, List<float[]> shuffled, int vocabulary) {
    z = new double[vocabulary];
    highest = new double[shuffled.size()];
    lowest = new double[shuffled.size()];
    for (int token = 0; token < vocabulary; token++) {
      double mean = 0;
      for (float[] other : shuffled) {
        mean += other[token] / (double) shuffled.size();
      }
      double squares = 0;
      for (float[] other : shuffled) {
        squares += (other[token] - mean) * (other[token] - mean);
      }
      double deviation = Math.sqrt(squares / (shuffled.size() - 1));
      if (deviation > 0) {
        z[token] = (scores[token] - mean) / deviation;
        for (int i = 0; i < highest.length; i++) {
          double own = (shuffled.get(i)[token] - mean) / deviation;
          highest[i] = Math.max(highest[i], own);
          lowest[i] = Math.max(lowest[i], -own);
        }
      }
    }
  }

  /** The token with the highest z, or with the lowest for a sign of -1. */
  int highest(int sign) {
    return IntStream.range(0, z.length)
        .reduce((a, b) -> sign * z[b] > sign * z[a] ? b : a)
        .orElseThrow();
  }

  /** The z of a token times the sign. */
  double z(int token, int sign) {
    return sign * z[token];
  }

  /**
   * The share of permutations, the observed one counted, whose highest z is as high as a token's.
   */
  double p(int token, int sign) {
    double[] others = sign > 0 ? highest : lowest;
    long above = IntStream.range(0, others.length).filter(i -> others[i] >= z(token, sign)).count();
    return (1.0 + above) / (1 + others.length);
  }
}
