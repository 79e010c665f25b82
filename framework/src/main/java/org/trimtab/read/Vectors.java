package org.trimtab.read;

import java.util.List;

/** Products of vectors, in fp64. */
final class Vectors {
  private Vectors() {}

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  static double norm(float[] a) {
    return Math.sqrt(dot(a, a));
  }

  /** 0 if one of them is 0. */
  static double cosine(float[] a, float[] b) {
    double norms = norm(a) * norm(b);
    return norms == 0 ? 0 : dot(a, b) / norms;
  }

  static float[] minus(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  /** The mean of numbers. */
  static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
