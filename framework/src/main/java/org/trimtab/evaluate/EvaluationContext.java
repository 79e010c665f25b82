package org.trimtab.evaluate;

import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.IntUnaryOperator;
import org.trimtab.UserException;
import org.trimtab.evaluate.grade.Judges;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.Scorer;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.evaluate.score.ScoringPlan;
import org.trimtab.model.LanguageModel;

/**
 * What an evaluator is bound to.
 *
 * @param model the frozen model
 * @param dataset the data set's file
 * @param group the group of an item: batches never mix groups
 * @param starts lowest layers of the interventions to come
 * @param judges opens judges of answers
 * @param batchTokens tokens of a batch at most
 * @param residualBytes memory for kept residual streams at most
 */
public record EvaluationContext(
    LanguageModel model,
    Path dataset,
    IntUnaryOperator group,
    NavigableSet<Integer> starts,
    Judges judges,
    int batchTokens,
    long residualBytes) {
  /**
   * Plans the scoring of items.
   *
   * @throws UserException that names the file and the item when a request is too long for the model
   */
  public ScoringPlan plan(List<ScoringItem> items) {
    for (ScoringItem item : items) {
      for (Request request : item.requests()) {
        int prompt = request.context().length;
        int answer = request.continuation().length;
        try {
          model.decoder().requireReadable(prompt + answer - 1);
        } catch (UserException e) {
          throw new UserException(
              "%s: item %d (%,d tokens of prompt, %,d of answer): %s"
                  .formatted(dataset, item.item(), prompt, answer, e.getMessage()),
              e);
        }
      }
    }
    return ScoringPlan.of(items, batchTokens);
  }

  /** The first request of some items, as text. */
  public Evaluation.Example example(List<ScoringItem> items) {
    Request first = items.get(0).requests().get(0);
    return new Evaluation.Example(
        model.tokenizer().decode(first.context(), false),
        model.tokenizer().decode(first.continuation(), false));
  }

  /** A scorer for a plan. */
  public Scorer scorer(ScoringPlan plan) {
    return new Scorer(model.decoder(), plan, starts, residualBytes);
  }
}
