package org.trimtab.evaluators.texts;

import java.util.List;
import org.trimtab.data.Prompt;
import org.trimtab.evaluate.BuiltInEvaluator;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Metric.Direction;
import org.trimtab.spec.Metric.Scale;

/**
 * What the model writes to prompts, greedily. The texts are kept with the items, and the report
 * shows them beside the baseline's; of their quality only the plainest faults are measured.
 */
public final class Texts extends BuiltInEvaluator<TextsSettings> {
  static final String PROMPT = "prompt";
  static final String TEXT = "text";
  static final String REPEATED = "repeated";
  static final String LENGTH = "length";
  static final String ENDED = "ended";

  private static final Measurement MEASUREMENT =
      new Measurement(
          List.of(
              Metric.mean(
                      REPEATED,
                      Scale.SHARE,
                      Direction.LOWER,
                      "Runs of four words that occurred earlier in the same text.")
                  .asMain(),
              Metric.mean(LENGTH, Scale.NUMBER, Direction.NEITHER, "Tokens of a text."),
              Metric.mean(
                  ENDED,
                  Scale.SHARE,
                  Direction.NEITHER,
                  "Texts that ended before the limit of tokens.")),
          ItemRoles.ofGenerated(PROMPT, TEXT));

  public Texts() {
    super("texts", 1, "texts", TextsSettings.class, MEASUREMENT);
  }

  @Override
  public Evaluation prepare(TextsSettings settings, EvaluationContext context) {
    ItemSet chosen = settings.scored().orElseThrow();
    List<Prompt> prompts =
        Prompt.read(context.dataset()).stream()
            .filter(prompt -> chosen.contains(prompt.index()))
            .toList();
    return new TextEvaluation(prompts, settings, context);
  }
}
