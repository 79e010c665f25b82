package org.trimtab.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The optimiser, against the formulas of Loshchilov and Hutter computed here in double. */
class AdamWTest {
  private static final double DECAY = 0.1;
  private static final double RATE = 0.05;

  /** Minimises sum of (w - target)^2 over a matrix, with decay, and a vector, without. */
  @Test
  void stepsAreThoseOfTheFormula() {
    float[] start = {1, -2, 0.5f, 3};
    double[][] weights = {{1, -2, 0.5, 3}, {1, -2, 0.5, 3}};
    double[][] means = new double[2][4];
    double[][] squares = new double[2][4];
    try (NDManager manager = Devices.engine().newBaseManager()) {
      NDArray matrix = manager.create(start, new Shape(2, 2));
      NDArray vector = manager.create(start);
      try (AdamW optimiser = new AdamW(manager, List.of(matrix, vector), 0.95, DECAY, 1)) {
        for (int step = 1; step <= 5; step++) {
          try (GradientCollector collector = Devices.engine().newGradientCollector()) {
            NDArray loss = matrix.sub(0.25).square().sum().add(vector.sub(0.25).square().sum());
            collector.backward(loss);
          }
          float norm = optimiser.step(RATE);
          assertThat((double) norm).isCloseTo(reference(weights, means, squares, step), at(1e-4));
        }
      }
      for (int i = 0; i < 4; i++) {
        assertThat((double) matrix.toFloatArray()[i]).isCloseTo(weights[0][i], at(1e-5));
        assertThat((double) vector.toFloatArray()[i]).isCloseTo(weights[1][i], at(1e-5));
      }
      assertThat(weights[0][3]).isLessThan(weights[1][3]);
    }
  }

  private static Offset<Double> at(double tolerance) {
    return Offset.offset(tolerance);
  }

  /** One step; returns the norm of the gradient before clipping to 1. */
  private static double reference(
      double[][] weights, double[][] means, double[][] squares, int step) {
    double sum = 0;
    for (double[] tensor : weights) {
      for (double weight : tensor) {
        sum += Math.pow(2 * (weight - 0.25), 2);
      }
    }
    double norm = Math.sqrt(sum);
    double scale = Math.min(1, 1 / (norm + 1e-6));
    for (int tensor = 0; tensor < 2; tensor++) {
      for (int i = 0; i < 4; i++) {
        double gradient = 2 * (weights[tensor][i] - 0.25) * scale;
        means[tensor][i] = 0.9 * means[tensor][i] + 0.1 * gradient;
        squares[tensor][i] = 0.95 * squares[tensor][i] + 0.05 * gradient * gradient;
        double mean = means[tensor][i] / (1 - Math.pow(0.9, step));
        double square = squares[tensor][i] / (1 - Math.pow(0.95, step));
        double decayed = weights[tensor][i] * (tensor == 0 ? 1 - RATE * DECAY : 1);
        weights[tensor][i] = decayed - RATE * mean / (Math.sqrt(square) + 1e-8);
      }
    }
    return norm;
  }
}
