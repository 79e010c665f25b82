package org.trimtab.method.fusion;

import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.answer.QuestionTask;
import org.trimtab.method.BuiltInMethod;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.fusion.TrialSearch.TrialPlans;
import org.trimtab.model.LanguageModel;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.MethodKind;

/**
 * The common part of fusion and its control: everything except whose answer makes the reference.
 */
abstract class FusionMethod extends BuiltInMethod<FusionSettings> {
  FusionMethod(String name, int version, MethodKind kind) {
    super(name, version, kind, FusionSettings.class);
  }

  /** The question whose gold answer makes the reference of a question. */
  abstract ShortQuestion referred(Cell cell, ShortQuestion question, QuestionTask task);

  /** How it uses the gold answer, for tables. */
  abstract String oracle();

  @Override
  public int lowestLayer(FusionSettings settings) {
    return Strengths.of(settings).lowestLayer();
  }

  @Override
  public FittedMethod fit(Cell cell, FusionSettings settings, FitContext context) {
    LanguageModel model = context.model();
    // One purpose for fusion and its control, so that both try the same random strengths.
    TrialPlans plans =
        new SteeredQuestions(
            model,
            settings,
            CounterRandom.of(cell.seed(), "fusion"),
            (question, task) -> referred(cell, question, task));
    return TrialSearch.fitted(
        context, plans, settings.objective(), Strengths.of(settings).lowestLayer(), oracle());
  }
}
