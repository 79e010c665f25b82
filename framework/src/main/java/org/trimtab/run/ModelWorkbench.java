package org.trimtab.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import org.trimtab.data.MultipleChoice;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.Metrics;
import org.trimtab.evaluate.grade.Judges;
import org.trimtab.method.FitContext;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.method.FitMeter;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.HiddenStates;
import org.trimtab.method.LearnedVector;
import org.trimtab.method.Method;
import org.trimtab.method.Methods;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Groups;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;

/** The workbench of real runs: a loaded model with a plan's methods and evaluations. */
public final class ModelWorkbench implements Workbench {
  /** Tokens per batch on the CPU, where larger products are hardly faster. */
  private static final int CPU_BATCH_TOKENS = 512;

  private static final int GPU_BATCH_TOKENS = 4096;

  private final Plan plan;
  private final LanguageModel model;
  private final Function<String, Path> datasets;
  private final Judges judges;
  private final Function<String, LanguageModel> models;
  private final HiddenStates states;
  private final NavigableSet<Integer> starts = new TreeSet<>();
  private final long residualBytes;
  private final Map<String, Evaluation> evaluations = new HashMap<>();
  private final Map<String, List<MultipleChoice>> items = new HashMap<>();
  private final Map<String, LearnedVector> vectors = new HashMap<>();

  /**
   * Binds a plan to a model.
   *
   * @param model the loaded model; closed with this workbench
   * @param datasets the file of a data set by its name
   * @param judges opens judges of answers
   * @param models loads another model by its name
   * @param cacheBytes memory for kept residual streams at most, over all evaluations
   */
  public ModelWorkbench(
      Plan plan,
      LanguageModel model,
      Function<String, Path> datasets,
      Judges judges,
      Function<String, LanguageModel> models,
      long cacheBytes) {
    this.plan = plan;
    this.model = model;
    this.datasets = datasets;
    this.judges = judges;
    this.models = models;
    TreeSet<Integer> hiddenStates = new TreeSet<>();
    for (Cell cell : plan.cells()) {
      Method<?> method = Methods.named(cell.method());
      int lowest = method.lowestLayer(cell);
      starts.add(lowest == Method.AFTER_LAST_BLOCK ? model.decoder().config().layers() : lowest);
      hiddenStates.addAll(method.hiddenStates(cell));
    }
    int count = plan.evaluations().size();
    residualBytes = cacheBytes / Math.max(1, count);
    states = new HiddenStates(model, hiddenStates);
  }

  private List<MultipleChoice> items(String dataset) {
    return items.computeIfAbsent(dataset, name -> MultipleChoice.read(datasets.apply(name)));
  }

  @Override
  public Fitted fit(Cell cell, FitWatcher watcher) {
    FitContext context =
        new FitContext(model, states, this::items, datasets, vectors, models, watcher);
    FitMeter.Measured<FittedMethod> measured =
        states.meter().measure(() -> Methods.named(cell.method()).fit(cell, context));
    FittedMethod fitted = measured.result();
    ModelConfig config = model.decoder().config();
    OptionalLong parameters =
        fitted.intervention().parameters((long) config.hidden() * config.attentionWidth());
    return new Fitted(
        fitted.intervention(),
        fitted.facts(),
        fitted.adjustable(),
        new CellCost(
            parameters.isPresent() ? parameters.getAsLong() : null,
            measured.cost().tokens(),
            measured.cost().nanos() / 1e9),
        fitted.directions());
  }

  @Override
  public Evaluation evaluation(String name) {
    return evaluations.computeIfAbsent(name, this::prepare);
  }

  private Evaluation prepare(String name) {
    PlannedEvaluation planned = plan.evaluation(name);
    Groups groups = Groups.of(plan, planned.dataset());
    EvaluationContext context =
        new EvaluationContext(
            model,
            datasets.apply(planned.dataset()),
            groups::group,
            starts,
            judges,
            model.decoder().manager().getDevice().isGpu() ? GPU_BATCH_TOKENS : CPU_BATCH_TOKENS,
            residualBytes);
    return Evaluators.named(planned.evaluator()).prepare(planned, context);
  }

  @Override
  public Map<String, Double> metrics(PlannedEvaluation planned, List<ItemResult> results) {
    return Metrics.of(Evaluators.named(planned.evaluator()), results);
  }

  @Override
  public double effect(Cell cell, Intervention intervention) {
    double effect = 0;
    for (PlannedEvaluation planned : cell.evaluations()) {
      if (effect == 0) {
        effect = evaluation(planned.name()).effect(intervention);
      }
    }
    return effect;
  }

  @Override
  public Optional<GenerationTime> generation(Intervention intervention) {
    return new GenerationTimer(model).of(intervention);
  }

  @Override
  public void close() {
    evaluations.values().forEach(Evaluation::close);
    model.close();
  }
}
