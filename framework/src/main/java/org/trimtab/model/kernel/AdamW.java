package org.trimtab.model.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization",
 * ICLR 2019) and clipping of the gradient's norm, as torch.optim.AdamW computes it. Decay applies
 * to matrices only. Weights are changed in place and their gradients set to zero.
 */
public final class AdamW implements AutoCloseable {
  private static final double BETA1 = 0.9;
  private static final double EPSILON = 1e-8;

  private final NDManager manager;
  private final Kernel kernel;
  private final List<NDArray> weights;
  private final List<NDArray> means = new ArrayList<>();
  private final List<NDArray> squares = new ArrayList<>();
  private final double beta2;
  private final double decay;
  private int step;

  /**
   * Starts with empty moments (beta1 0.9, epsilon 1e-8).
   *
   * @param weights the trained tensors; from now on they collect gradients
   * @param beta2 0.999 in PyTorch
   * @param decay weight decay per unit of learning rate
   * @param clip the largest norm of the whole gradient
   */
  public AdamW(NDManager parent, List<NDArray> weights, double beta2, double decay, double clip) {
    manager = parent.newSubManager();
    this.weights = List.copyOf(weights);
    this.beta2 = beta2;
    this.decay = decay;
    kernel =
        new Kernel(
            manager, "AdamW", Map.of("beta1", BETA1, "beta2", beta2, "eps", EPSILON, "clip", clip));
    for (NDArray weight : weights) {
      weight.setRequiresGradient(true);
      means.add(manager.zeros(weight.getShape()));
      squares.add(manager.zeros(weight.getShape()));
    }
  }

  /**
   * One step along the gradients collected since the last one.
   *
   * @return the norm of the gradient before clipping
   */
  public float step(double rate) {
    step++;
    try (NDManager scratch = manager.newSubManager()) {
      float[] rates = {
        (float) rate,
        (float) (1 - Math.pow(BETA1, step)),
        (float) (1 - Math.pow(beta2, step)),
        (float) decay
      };
      List<NDArray> values = new ArrayList<>();
      List<NDArray> gradients = new ArrayList<>();
      for (NDArray weight : weights) {
        // Views, since a call leaves the name of its list on its arrays.
        values.add(attached(weight.stopGradient(), scratch));
        gradients.add(attached(weight.getGradient(), scratch));
      }
      return kernel
          .call()
          .with(scratch.create(rates))
          .withList("weights", values)
          .withList("gradients", gradients)
          .withList("means", means)
          .withList("squares", squares)
          .run()
          .singletonOrThrow()
          .getFloat();
    }
  }

  private static NDArray attached(NDArray array, NDManager owner) {
    array.attach(owner);
    return array;
  }

  /** Running means of the gradients, in the weights' order. */
  public List<NDArray> means() {
    return means;
  }

  /** Running means of the squared gradients, in the weights' order. */
  public List<NDArray> squares() {
    return squares;
  }

  /** The number of steps so far. */
  public int steps() {
    return step;
  }

  /** Resumes after a number of steps; the caller has set the moments. */
  public void resume(int steps) {
    step = steps;
  }

  @Override
  public void close() {
    kernel.close();
    manager.close();
  }
}
