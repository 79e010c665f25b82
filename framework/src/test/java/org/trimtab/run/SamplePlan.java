package org.trimtab.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.kernel.Machine;
import org.trimtab.plan.Cell;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.Training;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Metric.Direction;
import org.trimtab.spec.Metric.Scale;

/** Plans as a spec would make them, for a data set of some items in two folds. */
public final class SamplePlan {
  public static final Environment HERE = environment("cpu");

  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  /** What the choices of {@link FakeWorkbench} measure. */
  static final Measurement QUIZ =
      new Measurement(
          List.of(
              Metric.mean("mc1", Scale.SHARE, Direction.HIGHER, "Best choices.").asMain(),
              Metric.mean("mc2", Scale.SHARE, Direction.HIGHER, "Mass on true choices.").asMain(),
              Metric.mean("mc3", Scale.SHARE, Direction.HIGHER, "The ease of an item.")),
          ItemRoles.ofQuestion("question", null, List.of("mc1")));

  /** What its windows of text measure. */
  static final Measurement READING =
      new Measurement(
          List.of(Metric.perplexity("perplexity", "Of six windows of text.").asMain()),
          ItemRoles.ofText("nll", "tokens"));

  private static final PlannedEvaluation CHOICES =
      new PlannedEvaluation(
          "truthfulqa-mc",
          "truthfulqa-mc",
          1,
          "truthfulqa",
          "truthfulqa",
          JsonNodeFactory.instance.objectNode(),
          null);
  private static final PlannedEvaluation PERPLEXITY =
      new PlannedEvaluation(
          "perplexity",
          "perplexity",
          1,
          "wikitext",
          "wikitext-2",
          JsonNodeFactory.instance.objectNode().put("tokens", 20000),
          null);

  private final int items;
  private final List<Cell> cells = new ArrayList<>();
  private Measurement quiz = QUIZ;
  private List<PlannedEvaluation> evaluations = List.of(CHOICES, PERPLEXITY);

  /** The same machine with a model on some device. */
  static Environment environment(String device) {
    Machine machine = new Machine("Abacus 9", 8, 4, "cpu", null, null);
    return new Environment(
        "17.0.15",
        "Linux 6.1 amd64",
        "fake 1.0",
        device,
        null,
        "V",
        "1",
        "0.21",
        machine,
        Collections.emptySortedMap());
  }

  private SamplePlan(int items) {
    this.items = items;
  }

  /** A plan to which cells are added. */
  public static SamplePlan ofItems(int items) {
    return new SamplePlan(items);
  }

  /** Baseline and a directional edit: two layer ranges by three factors by two folds. */
  public static Plan sweep(int items) {
    SamplePlan plan = new SamplePlan(items).baseline(0);
    for (String layers : List.of("5-29", "15-29")) {
      for (double factor : new double[] {-1.0, 0.5, 1.5}) {
        plan.edit(layers, factor, 0);
      }
    }
    return plan.plan();
  }

  /** What the cells that are added from now on are scored by: choices under these names. */
  public SamplePlan scoredBy(List<String> tasks) {
    evaluations =
        tasks.stream()
            .map(task -> new PlannedEvaluation(task, "truthfulqa-mc", 1, task, task, NOTHING, null))
            .toList();
    return this;
  }

  /** The same with items that have a level. */
  public SamplePlan withLevels() {
    quiz = new Measurement(QUIZ.metrics(), QUIZ.roles().groupedBy(List.of("level")));
    return this;
  }

  /**
   * Adds an edit in random splits, of which split s withholds the items s, s + 1, ... s + n - 1.
   */
  public SamplePlan splits(double factor, int count, int n) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("layers", "5-29").put("factor", factor);
    for (int split = 0; split < count; split++) {
      ItemSet learned = ItemSet.of(IntStream.range(split, split + n).boxed().toList());
      add(
          "directional-edit",
          settings,
          new Training("truthfulqa", learned, split, count, false, learned, true),
          0);
    }
    return this;
  }

  /** Adds the baseline. */
  public SamplePlan baseline(long seed) {
    return add("baseline", JsonNodeFactory.instance.objectNode(), null, seed);
  }

  /** Adds an edit, a cell a fold. */
  public SamplePlan edit(String layers, double factor, long seed) {
    return edit("directional-edit", layers, factor, seed, false);
  }

  /** Adds an edit that scores the items that it was trained on. */
  public SamplePlan leakyEdit(String layers, double factor) {
    return edit("directional-edit", layers, factor, 0, true);
  }

  /** Adds a control of the edit. */
  public SamplePlan control(String method, String layers, double factor) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("like", "directional-edit");
    return edit(method, settings, layers, factor, 0, false);
  }

  /** Adds an edit by another method. */
  public SamplePlan edit(String method, String layers, double factor, long seed, boolean leaky) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    return edit(method, settings, layers, factor, seed, leaky);
  }

  private SamplePlan edit(
      String method, ObjectNode settings, String layers, double factor, long seed, boolean leaky) {
    settings.put("layers", layers).put("factor", factor);
    settings.putObject("direction").put("hidden_state", 18);
    for (int fold = 0; fold < 2; fold++) {
      int heldOut = fold;
      ItemSet learned =
          ItemSet.of(IntStream.range(0, items).filter(i -> i % 2 != heldOut).boxed().toList());
      add(method, settings, new Training("truthfulqa", learned, fold, 2, leaky), seed);
    }
    return this;
  }

  /** Adds a cell that learns from every other item. */
  public SamplePlan learning(String method, ObjectNode settings, long seed) {
    ItemSet learned =
        ItemSet.of(IntStream.range(0, items).filter(i -> i % 2 == 0).boxed().toList());
    return add(method, settings, new Training("truthfulqa", learned, 0, 1, false), seed);
  }

  /** Adds a cell that learns nothing. */
  public SamplePlan cell(String method, ObjectNode settings, long seed) {
    return add(method, settings, null, seed);
  }

  /** Adds a cell that learns nothing, of a method that the spec calls by an alias. */
  public SamplePlan alias(String key, String method, ObjectNode settings) {
    return add(key, method, settings, null, 0);
  }

  /** A text of what distinguishes a cell, by which {@link FakeWorkbench} draws its numbers. */
  static String draw(Cell cell) {
    ObjectNode identity = cell.identity().deepCopy();
    identity.remove(List.of("model", "evaluations"));
    return String.format("%016x", CounterRandom.of(0, identity.toString()).bits(0));
  }

  private SamplePlan add(
      String method, ObjectNode settings, @Nullable Training training, long seed) {
    return add(method, method, settings, training, seed);
  }

  private SamplePlan add(
      String key, String method, ObjectNode settings, @Nullable Training training, long seed) {
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    identity.put("method", method).put("seed", seed).set("settings", settings);
    identity.put("fold", training == null ? -1 : training.fold());
    identity.put("leaky", training != null && training.leaky());
    identity.putObject("model").put("weights", "b179c9523d0e6a0f98a330c7562b6827");
    identity
        .putArray("evaluations")
        .addObject()
        .put("name", "truthfulqa-mc")
        .put("dataset", "b37996");
    cells.add(
        new Cell(
            cells.size(),
            Cell.idOf(identity),
            key,
            method,
            settings,
            null,
            training,
            seed,
            evaluations,
            identity,
            List.of()));
    return this;
  }

  /** The plan. */
  public Plan plan() {
    return new Plan(
        "sample-sweep",
        "Does a stronger truthful direction raise scores?",
        Map.of("truthfulqa-mc", quiz, "perplexity", READING),
        cells);
  }
}
