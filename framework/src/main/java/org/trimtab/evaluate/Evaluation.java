package org.trimtab.evaluate;

import java.util.List;
import java.util.Optional;
import org.trimtab.UserException;
import org.trimtab.evaluate.answer.AnsweringIntervention;
import org.trimtab.evaluate.answer.TrialLog;
import org.trimtab.evaluate.score.DivergedException;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.model.intervene.Intervention;

/**
 * An evaluator bound to a model, a data set and a selection of items. The same object serves all
 * cells of a run: token ids, batches and shared prefixes are computed once.
 */
public interface Evaluation extends AutoCloseable {
  /**
   * Batches of item ids, in scoring order. A batch is the unit of work, of the journal and of
   * resuming; batches do not depend on the cell, and never mix items of different groups (folds).
   */
  List<List<Integer>> batches();

  /** The number of tokens that one batch runs through the model (for progress and estimates). */
  long tokens(int batch);

  /**
   * Scores one batch under an intervention.
   *
   * @return one result per item, in the batch's order
   * @throws DivergedException when a number is not finite
   */
  List<ItemResult> score(int batch, Intervention intervention);

  /**
   * As {@link #score(int, Intervention)}, for interventions that may make trials for each item.
   *
   * @param log holds the trials of earlier sessions, and receives each new one
   * @throws UserException when this evaluation asks no questions and the intervention answers them
   */
  default List<ItemResult> score(int batch, Intervention intervention, TrialLog log) {
    if (intervention instanceof AnsweringIntervention) {
      throw new UserException(
          "a method that answers questions by trials has nothing to measure here; evaluate it on"
              + " questions, as simpleqa does, and give this evaluation a spec of its own");
    }
    return score(batch, intervention);
  }

  /**
   * The largest absolute change that an intervention makes to any next-token logit of the first
   * item: 0 means that it changes nothing.
   */
  double effect(Intervention intervention);

  /**
   * A request as text, to show the model's input.
   *
   * @param context the input, special tokens included
   * @param continuation the scored text
   */
  record Example(String context, String continuation) {}

  /** The first request, if the evaluation scores continuations. */
  default Optional<Example> example() {
    return Optional.empty();
  }

  /**
   * Its items with the continuations that it scores or knows to be right, by which two models can
   * be compared; empty if it has none.
   */
  default List<ScoringItem> continuations() {
    return List.of();
  }

  @Override
  void close();
}
