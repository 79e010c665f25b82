package org.trimtab.library;

import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.source.Datasets;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.Metrics;
import org.trimtab.evaluate.answer.AnsweringIntervention;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.Scorer;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.evaluate.score.ScoringPlan;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.TextGenerator;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.kernel.Devices;
import org.trimtab.plan.Cell;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.run.session.Session;
import org.trimtab.spec.Registry;
import org.trimtab.spec.Spec;
import org.trimtab.spec.bind.SpecReader;

/**
 * A frozen model for a program that steers it: methods fit interventions, under which texts are
 * generated and scored. Settings are those of specs, with the same defaults, checks and numbers.
 * Used by one thread.
 */
public final class Trimtab implements AutoCloseable {
  private static final String BASELINE = "baseline";

  private static final int BATCH_TOKENS = 512;

  private final LanguageModel model;
  private final SourceSettings sources;
  private final Path project;
  private final Progress transfers;

  /**
   * A fitted intervention. Closing it frees what it holds on the device.
   *
   * @param intervention what is applied in the model
   * @param facts what is worth knowing of the fit, such as the norm of a direction
   * @param cell the settings, with everything resolved
   */
  public record Fit(Intervention intervention, Map<String, Object> facts, Cell cell)
      implements AutoCloseable {
    @Override
    public void close() {
      intervention.close();
    }
  }

  private Trimtab(LanguageModel model, SourceSettings sources, Path project, Progress transfers) {
    this.model = model;
    this.sources = sources;
    this.project = project;
    this.transfers = transfers;
  }

  /**
   * Loads a model in fp32, on a GPU when there is one; files are looked for and kept as the command
   * line does, by the same environment variables.
   *
   * @param model a name of the catalogue ({@code world} comes with the program), a hub name, a
   *     folder or a .gguf file
   * @throws UserException when it cannot be had
   */
  public static Trimtab load(String model) {
    return load(model, SourceSettings.fromEnvironment(), Path.of(""), Progress.NONE);
  }

  /**
   * Loads a model.
   *
   * @param sources where files are looked for and kept
   * @param project a folder whose {@code data/} may hold data sets
   * @param transfers is told of downloads
   */
  public static Trimtab load(
      String model, SourceSettings sources, Path project, Progress transfers) {
    Path files = new ModelSource(sources, transfers).resolve(model).path();
    return new Trimtab(
        LanguageModel.load(model, files, Devices.resolve("auto"), DataType.FLOAT32),
        sources,
        project.toAbsolutePath(),
        transfers);
  }

  /** The model: decoder, tokenizer and chat template. */
  public LanguageModel model() {
    return model;
  }

  /**
   * Fits a method.
   *
   * @param method its name in specs, {@code directional-edit}
   * @param settings its keys as YAML, one level per factor and one fold: {@code train: {dataset:
   *     world-truth, items: 0-99}}
   * @throws UserException when the settings are wrong, with line and column
   */
  public Fit fit(String method, String settings) {
    Session session = session(method, settings, null, "");
    List<Cell> cells = session.plan().cells();
    if (cells.size() != 1) {
      throw new UserException(
          "%s: the settings stand for %d fits; give one level per factor, and 'train: items' instead of folds"
              .formatted(method, cells.size()));
    }
    var fitted = session.workbench(model).fit(cells.get(0), (done, total) -> {});
    if (fitted.intervention() instanceof AnsweringIntervention) {
      throw new UserException(
          method + " answers each question by trials of its own; run it by a spec");
    }
    return new Fit(fitted.intervention(), fitted.facts(), cells.get(0));
  }

  /** Continues a prompt by the most probable tokens. */
  public String generate(String prompt, int tokens) {
    return generate(prompt, tokens, null);
  }

  /**
   * Continues a prompt by the most probable tokens.
   *
   * @param tokens their number at most
   * @param fit what the model is steered by; null for nothing
   */
  public String generate(String prompt, int tokens, @Nullable Fit fit) {
    Intervention intervention = intervention(fit);
    int[] ids = model.tokenizer().encode(intervention.context() + prompt, true);
    return new TextGenerator(model)
        .generate(List.of(new Generator.Prompt(ids, intervention)), new Decoding(tokens, List.of()))
        .get(0)
        .text();
  }

  /**
   * The log-likelihood of a continuation after a prompt and a space, in nats.
   *
   * @param fit what the model is steered by; null for nothing
   */
  public double logLikelihood(String prompt, String continuation, @Nullable Fit fit) {
    Intervention intervention = intervention(fit);
    Request request =
        Request.of(
            PromptTokens.of(model, intervention.context() + prompt, false), "prompt", continuation);
    ScoringPlan plan =
        ScoringPlan.of(List.of(new ScoringItem(0, 0, List.of(request))), BATCH_TOKENS);
    try (Scorer scorer = new Scorer(model.decoder(), plan, new TreeSet<>(), 0)) {
      return scorer.score(0, intervention).get(0)[0];
    }
  }

  /** The metrics of the unsteered model. */
  public Map<String, Double> score(String evaluator, String settings) {
    return score(evaluator, settings, null);
  }

  /**
   * The metrics of an evaluator.
   *
   * @param evaluator its name in specs, {@code truthfulqa-mc}; it has to be on the class path
   * @param settings its keys as YAML: {@code {dataset: world-truth, items: 100-180}}
   * @param fit what the model is steered by; null for nothing
   * @throws UserException when the settings are wrong, or items were learned from
   */
  public Map<String, Double> score(String evaluator, String settings, @Nullable Fit fit) {
    Session session = session(BASELINE, "", evaluator, settings);
    PlannedEvaluation planned = session.plan().evaluations().get(0);
    List<ItemResult> results = new ArrayList<>();
    try (Evaluation evaluation = session.workbench(model).evaluation(planned.name())) {
      for (List<Integer> batch : evaluation.batches()) {
        refuseLearned(fit, planned, batch);
      }
      for (int batch = 0; batch < evaluation.batches().size(); batch++) {
        results.addAll(evaluation.score(batch, intervention(fit)));
      }
      return Metrics.of(Evaluators.named(planned.evaluator()), results);
    }
  }

  private static void refuseLearned(
      @Nullable Fit fit, PlannedEvaluation planned, List<Integer> items) {
    if (fit != null) {
      String learned =
          String.join(
              ", ",
              items.stream()
                  .filter(item -> !fit.cell().scores(planned.dataset(), item))
                  .map(String::valueOf)
                  .toList());
      if (!learned.isEmpty()) {
        throw new UserException(
            "%s: %s has learned from the items %s of %s; score others, by 'items'"
                .formatted(
                    planned.name(),
                    fit.cell().method(),
                    ItemSet.parse(learned),
                    planned.dataset()));
      }
    }
  }

  private static Intervention intervention(@Nullable Fit fit) {
    return fit == null ? Intervention.NONE : fit.intervention();
  }

  /** A spec of one method and at most one evaluator, planned. */
  private Session session(
      String method, String settings, @Nullable String evaluator, String options) {
    Datasets known = new Datasets(sources, null, project, transfers);
    Registry all = Session.registry(Optional.of(known));
    Registry used =
        evaluator == null ? new Registry(all.methods(), List.of(), all.datasets()) : all;
    String evaluate = evaluator == null ? "{}" : entry(evaluator, options);
    String text =
        "methods:\n%sevaluate:\n%sname: library\nquestion: none\nmodel: %s\n"
            .formatted(
                entry(method, settings).indent(2),
                evaluate.indent(2),
                TextNode.valueOf(model.name()));
    Spec spec =
        new SpecReader(used)
            .read(
                evaluator == null ? method : evaluator,
                text.getBytes(StandardCharsets.UTF_8),
                List.of());
    Session.Request request =
        new Session.Request(Path.of("library"), List.of(), OptionalInt.empty(), Optional.empty());
    return Session.of(request, spec, known, sources, project, transfers);
  }

  private static String entry(String key, String settings) {
    return "\"" + key + "\":\n" + (settings.isBlank() ? "{}" : settings).indent(2);
  }

  @Override
  public void close() {
    model.close();
  }
}
