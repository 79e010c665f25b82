package org.trimtab.method.fusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.answer.QuestionPrompt;
import org.trimtab.evaluate.answer.QuestionTask;
import org.trimtab.method.fusion.TrialSearch.TrialPlan;
import org.trimtab.method.fusion.TrialSearch.TrialPlans;
import org.trimtab.method.tune.Point;
import org.trimtab.method.tune.Trial;
import org.trimtab.method.tune.Tuner;
import org.trimtab.method.tune.Tuner.Goal;
import org.trimtab.method.tune.TunerSettings;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.intervene.ReferencePull;
import org.trimtab.plan.random.CounterRandom;

/**
 * Questions steered towards a reference, with strengths that a tuner proposes for each.
 *
 * @param random of the cell's seed; a question's trials are numbered by its id
 * @param referred the question whose answer makes a question's reference
 */
record SteeredQuestions(
    LanguageModel model,
    FusionSettings settings,
    CounterRandom random,
    BiFunction<ShortQuestion, QuestionTask, ShortQuestion> referred)
    implements TrialPlans {
  @Override
  public List<TrialPlan> of(NDManager owner, List<ShortQuestion> questions, QuestionTask task) {
    List<ReferenceVectors.Source> sources = new ArrayList<>();
    for (ShortQuestion question : questions) {
      ShortQuestion other = referred.apply(question, task);
      String answer = settings.reference(other.question(), other.answer());
      sources.add(new ReferenceVectors.Source(task.prompt(other).prompt(), answer));
    }
    List<NDArray> vectors = ReferenceVectors.of(owner, model, sources);
    Strengths strengths = Strengths.of(settings);
    List<TrialPlan> plans = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      ShortQuestion question = questions.get(i);
      Tuner tuner =
          settings.search().tuner(strengths.space(), Goal.MAXIMISE, random.at(question.index()));
      plans.add(new Steered(task.prompt(question), vectors.get(i), strengths, tuner));
    }
    return plans;
  }

  private final class Steered implements TrialPlan {
    private final QuestionPrompt questionPrompt;
    private final NDArray reference;
    private final Strengths strengths;
    private final Tuner tuner;

    Steered(QuestionPrompt questionPrompt, NDArray reference, Strengths strengths, Tuner tuner) {
      this.questionPrompt = questionPrompt;
      this.reference = reference;
      this.strengths = strengths;
      this.tuner = tuner;
    }

    @Override
    public QuestionPrompt questionPrompt() {
      return questionPrompt;
    }

    @Override
    public int trials() {
      return tuner.trials();
    }

    @Override
    public int together(int trial) {
      TunerSettings search = settings.search();
      return search.kind() == TunerSettings.Kind.TPE
          ? Math.max(1, search.startup() - trial)
          : tuner.trials() - trial;
    }

    @Override
    public Point point(int trial, List<Trial> history) {
      return tuner.ask(trial, history);
    }

    @Override
    public Generator.Prompt prompt(int trial, Point point) {
      List<Double> layers = strengths.at(point, model.decoder().config().layers());
      return new Generator.Prompt(
          questionPrompt.tokens(), new ReferencePull(reference, layers, settings.mean().only()));
    }
  }
}
