package org.trimtab.report.folder;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.trimtab.plan.Cell;
import org.trimtab.run.FakeWorkbench;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.SamplePlan;
import org.trimtab.run.SampleRun;

/** Learned deltas of four heads with baselines, whose fits are made up by formulas. */
public final class SampleDeltas {
  private static final double[] PENALTIES = {0.1, 0.03, 0.01, 0};
  private static final int HEADS = 4;
  private static final int ENTRIES = 40;

  private SampleDeltas() {}

  /** Three seeds: deltas without and with penalties that are chosen, at three layers. */
  public static ResultFolder chosen(Path results) {
    SamplePlan plan = SamplePlan.ofItems(40);
    for (long seed = 0; seed < 3; seed++) {
      plan.baseline(seed);
      for (int layer : new int[] {6, 12, 18}) {
        ObjectNode choice = delta(layer);
        choice.putObject("choose").putArray("lambda2").add(0).add(0.01).add(0.03).add(0.1);
        plan.learning("learned-delta", choice, seed);
        plan.learning("learned-delta", penalised(layer, 0), seed);
        plan.learning("mean-difference", delta(layer), seed);
      }
      plan.learning("few-shot", JsonNodeFactory.instance.objectNode().put("shots", 10), seed);
    }
    return run(plan, results);
  }

  /** One seed: every penalty is a cell, with a random control of each. */
  public static ResultFolder levels(Path results) {
    SamplePlan plan = SamplePlan.ofItems(40).baseline(0);
    for (double penalty : PENALTIES) {
      plan.learning("learned-delta", penalised(6, penalty), 0);
      ObjectNode control = penalised(6, penalty).put("like", "learned-delta");
      plan.learning("random-delta", control, 0);
    }
    return run(plan, results);
  }

  /** Two seeds: deltas of two tasks, each scored by its own; the baseline by both. */
  public static ResultFolder tasks(Path results) {
    SamplePlan plan = SamplePlan.ofItems(40);
    for (long seed = 0; seed < 2; seed++) {
      plan.scoredBy(List.of("antonym", "synonym")).baseline(seed);
      for (String task : List.of("antonym", "synonym")) {
        plan.scoredBy(List.of(task));
        for (int layer : new int[] {6, 12}) {
          plan.learning("learned-delta", penalised(layer, 0).put("dataset", task), seed);
          plan.learning("learned-delta", penalised(layer, 0.03).put("dataset", task), seed);
        }
        ObjectNode shots = JsonNodeFactory.instance.objectNode().put("shots", 10);
        plan.learning("few-shot", shots.put("dataset", task), seed);
      }
    }
    return run(plan, results);
  }

  private static ObjectNode delta(int layer) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    return settings.put("layers", Integer.toString(layer)).put("factor", 1.0);
  }

  private static ObjectNode penalised(int layer, double penalty) {
    return delta(layer).put("lambda1", 0.0).put("lambda2", penalty);
  }

  private static ResultFolder run(SamplePlan plan, Path results) {
    FakeWorkbench workbench = new FakeWorkbench(40, 4).learning(SampleDeltas::facts);
    return SampleRun.run(plan.plan(), workbench, results);
  }

  /** Seeds 0 and 1 choose 0.03, seed 2 chooses 0.01. */
  private static Map<String, Object> facts(Cell cell) {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (!cell.method().equals("learned-delta")) {
      return facts;
    }
    boolean chooses = cell.settings().has("choose");
    double penalty =
        chooses ? (cell.seed() < 2 ? 0.03 : 0.01) : cell.settings().path("lambda2").asDouble();
    if (chooses) {
      facts.put("lambda1", 0.0);
      facts.put("lambda2", penalty);
      facts.put("path.lambda1", IntStream.range(0, PENALTIES.length).mapToObj(i -> 0.0).toList());
      facts.put("path.lambda2", DoubleStream.of(PENALTIES).boxed().toList());
      facts.put("path.heads.alive", list(each -> (double) alive(each)));
      facts.put("path.zeros", list(each -> (double) ENTRIES * (HEADS - alive(each)) / HEADS));
      facts.put("path.loss.validation", list(each -> 2 + Math.abs(each - penalty) + cell.seed()));
    }
    int alive = alive(penalty);
    List<Double> lengths = new ArrayList<>();
    for (int head = 0; head < HEADS; head++) {
      int layer = cell.settings().path("layers").asInt();
      lengths.add(head < alive ? 0.05 + (head + 1) * (cell.seed() + 1) * layer / 100.0 : 0.0);
    }
    facts.put("heads.alive", IntStream.range(0, alive).boxed().toList());
    facts.put("heads.norm", lengths);
    facts.put("entries", ENTRIES);
    facts.put("zeros", ENTRIES * (HEADS - alive) / HEADS);
    facts.put("objective", 1 + 10 * penalty);
    return facts;
  }

  private interface OfPenalty {
    double at(double penalty);
  }

  private static List<Double> list(OfPenalty value) {
    return DoubleStream.of(PENALTIES).map(value::at).boxed().toList();
  }

  private static int alive(double penalty) {
    return penalty >= 0.1 ? 0 : penalty >= 0.03 ? 1 : penalty > 0 ? 2 : HEADS;
  }
}
