package org.trimtab.method.fusion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.answer.Asking;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.Method;
import org.trimtab.model.LanguageModel;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.Settings;

/** What fusion and its control share: everything but whose answer makes the reference. */
abstract class FusionMethod implements Method {
  /** The question whose gold answer makes the reference of a question. */
  abstract ShortQuestion referred(Cell cell, ShortQuestion question, Asking asking);

  /** What of the gold answer it uses, for tables. */
  abstract String oracle();

  private static FusionSettings settings(ObjectNode settings) {
    return Settings.bind(settings, FusionSettings.class);
  }

  @Override
  public int lowestLayer(ObjectNode settings) {
    return Strengths.of(settings(settings)).lowestLayer();
  }

  @Override
  public Set<Integer> hiddenStates(ObjectNode settings) {
    return Set.of();
  }

  @Override
  public FittedMethod fit(Cell cell, FitContext context) {
    FusionSettings settings = settings(cell.settings());
    LanguageModel model = context.model();
    // One purpose for fusion and its control, so that both try the same random strengths.
    Candidates candidates =
        new SteeredQuestions(
            model,
            settings,
            CounterRandom.of(cell.seed(), "fusion"),
            (question, asking) -> referred(cell, question, asking));
    return TrialSearch.fitted(
        context, candidates, settings.objective(), Strengths.of(settings).lowestLayer(), oracle());
  }
}
