package org.trimtab.run.session;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.evaluate.grade.Grade;
import org.trimtab.evaluate.grade.JudgeCalibration;
import org.trimtab.evaluate.grade.JudgeSettings;
import org.trimtab.evaluate.grade.Judges;
import org.trimtab.evaluate.grade.LocalJudges;
import org.trimtab.evaluate.grade.Verdict;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.kernel.Devices;
import org.trimtab.plan.Cell;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;

/** The judges that a plan asks: opened on this machine, and what they cost. */
public final class Judging {
  /** Leaves everything ungraded. */
  static final Judges NOBODY =
      settings ->
          candidates ->
              candidates.stream()
                  .map(candidate -> new Verdict(Grade.UNGRADED, null, "no judge was asked"))
                  .toList();

  private Judging() {}

  /**
   * The judges of this machine. Keys are read from the environment, models run on the best device.
   *
   * @param transfers is notified of downloads of a judge's model
   */
  public static Judges judges(SourceSettings sources, Progress transfers) {
    return new LocalJudges(
        System.getenv(), sources.cache().resolve("replies"), models(sources, transfers));
  }

  /** Loads models by their names, on the best device; the caller closes them. */
  static Function<String, LanguageModel> models(SourceSettings sources, Progress transfers) {
    return name ->
        LanguageModel.load(
            name,
            new ModelSource(sources, transfers).resolve(name).path(),
            Devices.resolve("auto"),
            DataType.FLOAT32);
  }

  /** The judges that a plan asks, by evaluation, in its order. */
  private static Map<PlannedEvaluation, JudgeSettings> asked(Plan plan) {
    Map<PlannedEvaluation, JudgeSettings> asked = new LinkedHashMap<>();
    for (PlannedEvaluation planned : plan.evaluations()) {
      Evaluators.named(planned.evaluator())
          .judge(planned)
          .ifPresent(settings -> asked.put(planned, settings));
    }
    return asked;
  }

  /**
   * How far a plan's judges, and containment, agree with labels given by hand.
   *
   * @param labelled CSV or .jsonl with question, gold, answer and label
   * @param print takes a text per grader, as soon as it is known
   */
  public static void calibrate(Plan plan, Judges judges, Path labelled, Consumer<String> print) {
    JudgeCalibration calibration = JudgeCalibration.read(labelled);
    print.accept(calibration.ofContainment());
    asked(plan).values().forEach(settings -> print.accept(calibration.of(settings, judges)));
  }

  /** A line for each judge of a plan: its calls over all cells and their price. */
  public static List<String> expenses(Plan plan) {
    List<String> lines = new ArrayList<>();
    asked(plan)
        .forEach(
            (planned, judge) -> {
              ItemSet items = ItemSet.parse(planned.settings().path("items").asText());
              long answers = 0;
              for (Cell cell : plan.scoredBy(planned)) {
                answers +=
                    items.ids().stream()
                        .filter(item -> cell.scores(planned.dataset(), item))
                        .count();
              }
              lines.add(planned.name() + ": " + judge.expense(Math.toIntExact(answers)));
            });
    return lines;
  }
}
