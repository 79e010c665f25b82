package org.trimtab.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.Metrics;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.method.LearnedDirections;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.random.CounterRandom;

/**
 * A workbench without a model: every number is a function of the cell and the item. What it is told
 * to do before each batch (throw, wait, interrupt) it does.
 */
public final class FakeWorkbench implements Workbench {
  private final int items;
  private final int itemsPerBatch;
  private final Map<String, Evaluation> evaluations = new HashMap<>();
  private BiConsumer<Cell, Integer> beforeBatch = (cell, batch) -> {};
  private String facts = "plain";
  private Function<Cell, Map<String, Object>> learned = cell -> Map.of();
  private double badScore = Double.NaN;
  private String badMethod = "";
  private boolean mixesFolds;
  private boolean levels;
  private String thirdMetric = "mc3";
  private int fits;
  private int batches;

  /** A workbench whose multiple-choice data set has some items. */
  public FakeWorkbench(int items, int itemsPerBatch) {
    this.items = items;
    this.itemsPerBatch = itemsPerBatch;
  }

  FakeWorkbench beforeBatch(BiConsumer<Cell, Integer> action) {
    beforeBatch = action;
    return this;
  }

  FakeWorkbench fitFact(String fact) {
    facts = fact;
    return this;
  }

  /** Adds facts to those of every fit. */
  public FakeWorkbench learning(Function<Cell, Map<String, Object>> facts) {
    learned = facts;
    return this;
  }

  FakeWorkbench scoreOf(String method, double score) {
    badMethod = method;
    badScore = score;
    return this;
  }

  /** Gives items a level: of every four the first is hard, the others are easy. */
  public FakeWorkbench withLevels() {
    levels = true;
    return this;
  }

  FakeWorkbench mixingFolds() {
    mixesFolds = true;
    return this;
  }

  FakeWorkbench namingMetric(String name) {
    thirdMetric = name;
    return this;
  }

  int fits() {
    return fits;
  }

  int batches() {
    return batches;
  }

  private record FakeIntervention(Cell cell) implements Intervention {
    @Override
    public int lowestLayer() {
      return 0;
    }
  }

  @Override
  public Fitted fit(Cell cell, FitWatcher watcher) {
    fits++;
    CounterRandom random = CounterRandom.of(cell.seed(), SamplePlan.draw(cell));
    Map<String, Object> all = new HashMap<>(learned.apply(cell));
    all.put("norm", random.uniform(0));
    all.put("note", facts);
    boolean baseline = cell.method().equals("baseline");
    return new Fitted(
        new FakeIntervention(cell),
        all,
        Optional.empty(),
        new CellCost(baseline ? 0L : 331_776L, baseline ? 0 : 640, baseline ? 0 : 1.25),
        directions(cell, random));
  }

  private Optional<LearnedDirections> directions(Cell cell, CounterRandom random) {
    float[] vector = {(float) random.uniform(1), (float) random.uniform(2)};
    return cell.method().equals("baseline")
        ? Optional.empty()
        : Optional.of(
            new LearnedDirections(new TreeMap<>(Map.of(3, vector)), Map.of("method", facts)));
  }

  @Override
  public double effect(Cell cell, Intervention intervention) {
    return effect(intervention);
  }

  private static double effect(Intervention intervention) {
    Cell cell = ((FakeIntervention) intervention).cell();
    return cell.method().equals("baseline") || cell.settings().path("factor").asDouble() == 0
        ? 0
        : CounterRandom.of(1, SamplePlan.draw(cell)).uniform(1);
  }

  @Override
  public Evaluation evaluation(String evaluator) {
    return evaluations.computeIfAbsent(
        evaluator, name -> name.equals("perplexity") ? new Perplexity() : new Choices());
  }

  @Override
  public Map<String, Double> metrics(PlannedEvaluation planned, List<ItemResult> results) {
    boolean text = planned.name().equals("perplexity");
    Map<String, Double> metrics =
        new HashMap<>(Metrics.declared(text ? SamplePlan.READING : SamplePlan.QUIZ, results));
    Optional.ofNullable(metrics.remove("mc3")).ifPresent(mean -> metrics.put(thirdMetric, mean));
    return metrics;
  }

  @Override
  public Optional<GenerationTime> generation(Intervention intervention) {
    return effect(intervention) == 0
        ? Optional.of(new GenerationTime(0.02, 0.02))
        : Optional.of(new GenerationTime(0.03, 0.02));
  }

  @Override
  public void close() {}

  /** Even items are fold 0, odd ones fold 1; batches never mix them unless told to. */
  private final class Choices implements Evaluation {
    @Override
    public double effect(Intervention intervention) {
      return FakeWorkbench.effect(intervention);
    }

    @Override
    public List<List<Integer>> batches() {
      List<List<Integer>> all = new ArrayList<>();
      for (int fold = 0; fold < 2; fold++) {
        List<Integer> batch = new ArrayList<>();
        for (int item = mixesFolds ? fold * items / 2 : fold;
            item < (mixesFolds ? (fold + 1) * items / 2 : items);
            item += mixesFolds ? 1 : 2) {
          batch.add(item);
          if (batch.size() == itemsPerBatch) {
            all.add(List.copyOf(batch));
            batch.clear();
          }
        }
        if (!batch.isEmpty()) {
          all.add(List.copyOf(batch));
        }
      }
      return all;
    }

    @Override
    public long tokens(int batch) {
      return 95L * batches().get(batch).size();
    }

    @Override
    public List<ItemResult> score(int batch, Intervention intervention) {
      Cell cell = ((FakeIntervention) intervention).cell();
      beforeBatch.accept(cell, batch);
      batches++;
      List<ItemResult> results = new ArrayList<>();
      for (int item : batches().get(batch)) {
        CounterRandom shared = CounterRandom.of(0, "item").at(item);
        CounterRandom own = CounterRandom.of(cell.seed(), SamplePlan.draw(cell)).at(item);
        double factor = cell.settings().path("factor").asDouble();
        double ease = 0.6 * shared.uniform(0) + 0.3 * own.uniform(0) + 0.03 * factor;
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("question", "Which \"items\",\nif any, are number " + item + "?");
        details.putObject("mc1").putArray("ll").add((float) -own.uniform(1)).add(-own.uniform(2));
        if (levels) {
          details.put("level", item % 4 == 0 ? "hard" : "easy");
        }
        double mc2 = cell.method().equals(badMethod) ? badScore : Math.max(0, Math.min(1, ease));
        results.add(
            new ItemResult(
                item, details, Map.of("mc1", ease > 0.5 ? 1.0 : 0.0, "mc2", mc2, "mc3", ease)));
      }
      return results;
    }

    @Override
    public void close() {}
  }

  /** Six windows of text, scored by every cell. */
  private final class Perplexity implements Evaluation {
    @Override
    public double effect(Intervention intervention) {
      return FakeWorkbench.effect(intervention);
    }

    @Override
    public List<List<Integer>> batches() {
      return List.of(List.of(0, 1), List.of(2, 3), List.of(4, 5));
    }

    @Override
    public long tokens(int batch) {
      return 2048;
    }

    @Override
    public List<ItemResult> score(int batch, Intervention intervention) {
      Cell cell = ((FakeIntervention) intervention).cell();
      beforeBatch.accept(cell, batch);
      batches++;
      List<ItemResult> results = new ArrayList<>();
      for (int item : batches().get(batch)) {
        double nll =
            2.8 + 0.1 * CounterRandom.of(cell.seed(), SamplePlan.draw(cell)).at(item).normal(7);
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("nll", 512 * nll).put("tokens", 512);
        results.add(new ItemResult(item, details, Map.of("nll", nll)));
      }
      return results;
    }

    @Override
    public void close() {}
  }
}
