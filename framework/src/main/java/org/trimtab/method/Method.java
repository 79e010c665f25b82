package org.trimtab.method;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.trimtab.plan.Cell;
import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.MethodDeclaration;

/**
 * Makes interventions. Found by ServiceLoader; stateless.
 *
 * @param <S> the record of its settings; factors have one level each within a cell
 */
public interface Method<S extends Record & MethodSettings> extends MethodDeclaration {
  /** The lowest block of what acts on the final hidden state alone, in a model of any size. */
  int AFTER_LAST_BLOCK = Integer.MAX_VALUE - 1;

  @Override
  Class<S> settings();

  /**
   * The lowest block that a setting changes; {@link #AFTER_LAST_BLOCK}, or {@link
   * Integer#MAX_VALUE} for none.
   */
  int lowestLayer(S settings);

  /**
   * The hidden states that a setting learns from, so that those of all cells are computed at once.
   */
  default Set<Integer> hiddenStates(S settings) {
    return Set.of();
  }

  /**
   * The texts between whose hidden states a cell's direction lies, by item of its data set, those
   * that it does not learn from included; empty for methods without a direction.
   */
  default Map<Integer, TrainingTexts> contrasts(Cell cell, S settings, FitContext context) {
    return Map.of();
  }

  /** Makes a cell's intervention: a pure function of the cell and the model. */
  FittedMethod fit(Cell cell, S settings, FitContext context);

  /** The settings of a planned cell of this method. */
  default S settings(Cell cell) {
    return settings().cast(Objects.requireNonNull(cell.values(), "of a cell that is planned"));
  }

  /** The lowest block that a cell of this method changes. */
  default int lowestLayer(Cell cell) {
    return lowestLayer(settings(cell));
  }

  /** The hidden states that a cell of this method learns from. */
  default Set<Integer> hiddenStates(Cell cell) {
    return hiddenStates(settings(cell));
  }

  /** The texts between which the direction of a cell of this method lies. */
  default Map<Integer, TrainingTexts> contrasts(Cell cell, FitContext context) {
    return contrasts(cell, settings(cell), context);
  }

  /** Makes the intervention of a cell of this method. */
  default FittedMethod fit(Cell cell, FitContext context) {
    return fit(cell, settings(cell), context);
  }
}
