package org.trimtab.world.train;

import java.util.List;
import org.trimtab.world.Stage;

/**
 * How long, how fast and on what the world's model learns.
 *
 * @param steps steps of the optimiser
 * @param documents documents a step
 * @param peak the highest learning rate
 * @param warmUp steps in which the rate rises to the peak; then it falls along a cosine to a tenth
 * @param phases what documents are like, one phase after another
 */
public record Schedule(int steps, int documents, double peak, int warmUp, List<Phase> phases) {
  private static final double LOWEST = 0.1;

  /**
   * A part of the training.
   *
   * @param until the share of all steps at which it ends
   * @param stage its documents; the number of facts grows evenly from that of the phase before
   */
  public record Phase(double until, Stage stage) {}

  /** Copies the list. */
  public Schedule {
    phases = List.copyOf(phases);
  }

  /**
   * What the committed model was trained with. Few facts at first: so the model soon finds that
   * answers depend on the source. More come one after another, since among too many new ones it
   * would forget that again. At last there are documents without a source, too; with many of them
   * from the start it would learn the mixture of both registers alone.
   *
   * @param facts the number of facts that there are
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

  /** What the documents of a 0-based step are like. */
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
