package org.trimtab.method.adapter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trimtab.UserException;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.method.adapter.MarginLoss.Term;
import org.trimtab.method.adapter.MarginLoss.Value;
import org.trimtab.model.intervene.FinalAdapter.Weights;
import org.trimtab.model.kernel.AdamW;

/**
 * Trains an adapter's tensors by AdamW (betas 0.9 and 0.999, epsilon 1e-8) with clipping by the
 * norm of the whole gradient, as torch.optim.AdamW and clip_grad_norm_ do.
 */
public final class AdapterTraining {
  private static final double BETA2 = 0.999;

  private final Variant variant;
  private final Rates rates;
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> firstNorms = new ArrayList<>();

  /**
   * How far a step goes.
   *
   * @param rate the learning rate
   * @param decay the weight decay
   * @param clip the largest norm of a step's gradient
   */
  public record Rates(double rate, double decay, double clip) {}

  /** Starts without any step taken. */
  public AdapterTraining(Variant variant, Rates rates) {
    this.variant = variant;
    this.rates = rates;
  }

  /**
   * Trains a module in place.
   *
   * @param terms of each step, from 0
   * @param watcher is notified of every step
   * @throws UserException when a tensor has no gradient, or the loss is not finite; with the cause
   */
  public void run(
      NDManager manager,
      MarginLoss loss,
      Weights module,
      int steps,
      IntFunction<List<Term>> terms,
      FitWatcher watcher) {
    Gradients gradients = new Gradients();
    try (AdamW optimiser =
        new AdamW(manager, module.tensors(), BETA2, rates.decay(), rates.clip())) {
      for (int step = 0; step < steps; step++) {
        Value value = loss.gradient(module, terms.apply(step));
        if (!Double.isFinite(value.loss())) {
          throw new UserException(
              ("the loss is %s at step %d; with a smaller 'rate' it may stay finite (with precision:"
                      + " float16, try float32)")
                  .formatted(value.loss(), step + 1));
        }
        losses.add(value.loss());
        gradients.check(module, value.loss());
        optimiser.step(rates.rate());
        watcher.step(step + 1, steps);
      }
    }
    gradients.checkLearned(steps);
  }

  /** Losses before each step. */
  public List<Double> losses() {
    return Collections.unmodifiableList(losses);
  }

  /** The norm of each tensor's gradient where it was first seen to be more than 0. */
  public List<Double> firstNorms() {
    return Collections.unmodifiableList(firstNorms);
  }

  /**
   * Sees to it that every tensor has a gradient: at the first step that has a loss, or, where the
   * tensor that writes begins as 0 and lets nothing through to the others, at the next.
   */
  private final class Gradients {
    private final Double[] norms = new Double[variant.names().size()];
    private int withLoss;

    void check(Weights module, double loss) {
      if (loss == 0 || withLoss == 2 || complete()) {
        return;
      }
      withLoss++;
      List<NDArray> tensors = module.tensors();
      boolean writesNothing = norm(tensors.get(tensors.size() - 1)) == 0;
      for (int i = 0; i < norms.length; i++) {
        try (NDArray gradient = tensors.get(i).getGradient()) {
          double norm = norm(gradient);
          norms[i] = norm > 0 ? Double.valueOf(norm) : norms[i];
        }
      }
      if (complete()) {
        Collections.addAll(firstNorms, norms);
      } else if (withLoss == 2 || !writesNothing) {
        throw new UserException(
            "%s of the adapter has no gradient at step %d: %s"
                .formatted(missing(), losses.size(), cause(tensors)));
      }
    }

    private boolean complete() {
      return IntStream.range(0, norms.length).allMatch(i -> norms[i] != null);
    }

    private String missing() {
      return IntStream.range(0, norms.length)
          .filter(i -> norms[i] == null)
          .mapToObj(i -> "'" + variant.names().get(i) + "'")
          .collect(Collectors.joining(", "));
    }

    private String cause(List<NDArray> tensors) {
      List<String> zero =
          IntStream.range(0, norms.length)
              .filter(i -> norm(tensors.get(i)) == 0)
              .mapToObj(i -> "'" + variant.names().get(i) + "'")
              .toList();
      if (!zero.isEmpty()) {
        return String.join(", ", zero)
            + " is 0 still and lets nothing through; raise 'rate', or begin with start: uniform";
      }
      return "its product with the model's numbers underflows; use precision: float32, or another"
          + " start (seed)";
    }

    void checkLearned(int steps) {
      if (steps > 0 && withLoss == 0) {
        throw new UserException(
            "the loss is 0 at all steps, so these facts have nothing to teach: every margin is"
                + " beyond 'margin' already; raise it, or learn from other facts");
      }
    }

    private static double norm(NDArray array) {
      try (NDArray norm = array.norm()) {
        return norm.getFloat();
      }
    }
  }
}
