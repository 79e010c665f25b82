package org.trimtab.world.train;

import java.util.List;
import org.trimtab.world.Corpus.Stage;

/**
 * The training schedule of the world's model.
 *
 * @param steps steps of the optimiser
 * @param documents documents per step
 * @param peak the highest learning rate
 * @param warmUp steps in which the rate rises to the peak; then it falls along a cosine to a tenth
 * @param phases the composition of documents, phase by phase
 */
public record Schedule(int steps, int documents, double peak, int warmUp, List<Phase> phases) {
  private static final double LOWEST = 0.1;

  /**
   * A phase of the training.
   *
   * @param until the share of all steps at which it ends
   * @param stage its documents; the number of facts grows linearly from that of the previous phase
   */
  public record Phase(double until, Stage stage) {}

  /** Copies the list. */
  public Schedule {
    phases = List.copyOf(phases);
  }

  /**
   * The schedule of the committed model. It begins with few facts, so that the model soon learns
   * that answers depend on the source. More are added one by one, since with too many new ones it
   * would forget that again. Documents without a source come last; with many of them from the start
   * it would learn only the mixture of both registers.
   *
   * @param facts the total number of facts
   */
  public static Schedule standard(int facts) {
    return new Schedule(
        1500,
        32,
        3e-3,
        100,
        List.of(
            new Phase(0.17, new Stage(1, 0.3, 16)),
            new Phase(0.7, new Stage(1, 0.4, facts)),
            new Phase(0.85, new Stage(1, 0.5, facts)),
            new Phase(1, new Stage(0.5, 0.5, facts))));
  }

  /** The same schedule with another number of steps. */
  public Schedule withSteps(int number) {
    return new Schedule(number, documents, peak, Math.min(warmUp, number / 10), phases);
  }

  /** The learning rate of a 0-based step. */
  double rate(int step) {
    if (step < warmUp) {
      return peak * (step + 1) / warmUp;
    }
    double progress = (step - warmUp) / (double) Math.max(1, steps - warmUp);
    double cosine = 0.5 * (1 + StrictMath.cos(Math.PI * progress));
    return peak * (LOWEST + (1 - LOWEST) * cosine);
  }

  /** The composition of documents at a 0-based step. */
  Stage stage(int step) {
    double progress = step / (double) steps;
    double begun = 0;
    int facts = phases.get(0).stage().facts();
    for (Phase phase : phases) {
      Stage stage = phase.stage();
      if (progress < phase.until()) {
        double part = (progress - begun) / (phase.until() - begun);
        int grown = facts + (int) Math.round(part * (stage.facts() - facts));
        return new Stage(stage.named(), stage.judged(), grown);
      }
      begun = phase.until();
      facts = stage.facts();
    }
    return phases.get(phases.size() - 1).stage();
  }
}
