package org.trimtab.evaluate.grade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Metric.Direction;
import org.trimtab.spec.Metric.Scale;

/**
 * Scores and metrics of grades. Shares are over all answers, ungraded ones included, so that the
 * five add up to 1 and missing grades are visible.
 */
public final class GradeShares {
  private static final String ACCURACY = "accuracy_given_attempted";
  private static final String F1 = "f1";

  private GradeShares() {}

  /** Whether scores of an answer, or metrics of several, include ungraded answers. */
  public static boolean isUngraded(Map<String, Double> scores) {
    return scores.getOrDefault(Grade.UNGRADED.word(), 0.0) > 0;
  }

  /** The scores of one answer: 1 for its grade's word, 0 for the others. */
  public static Map<String, Double> scores(Grade grade) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (Grade each : Grade.values()) {
      scores.put(each.word(), each == grade ? 1.0 : 0.0);
    }
    return scores;
  }

  /** The shares of grades, {@code correct} a main one, and what {@link #attempted} gives. */
  public static List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    for (Grade grade : Grade.values()) {
      Direction direction =
          switch (grade) {
            case CORRECT -> Direction.HIGHER;
            case INCORRECT -> Direction.LOWER;
            default -> Direction.NEITHER;
          };
      Metric share =
          Metric.mean(
              grade.word(),
              Scale.SHARE,
              direction,
              "Answers that the judge calls " + grade.word() + ".");
      metrics.add(grade == Grade.CORRECT ? share.asMain() : share);
    }
    metrics.add(
        Metric.custom(
            ACCURACY, Scale.SHARE, Direction.HIGHER, "Correct answers among attempted ones."));
    metrics.add(
        Metric.custom(
            F1,
            Scale.SHARE,
            Direction.HIGHER,
            "Harmonic mean of accuracy_given_attempted and correct."));
    return metrics;
  }

  /**
   * {@code accuracy_given_attempted} = correct / (correct + incorrect); {@code f1}, the harmonic
   * mean of that and correct. Both are 0 if nothing is correct, as in simple-evals.
   *
   * @param scores of answers with grades, at least one
   */
  public static Map<String, Double> attempted(List<Map<String, Double>> scores) {
    double correct = share(scores, Grade.CORRECT);
    double attempted = correct + share(scores, Grade.INCORRECT);
    double accuracy = correct == 0 ? 0 : correct / attempted;
    double f1 = correct == 0 ? 0 : 2 * accuracy * correct / (accuracy + correct);
    return Map.of(ACCURACY, accuracy, F1, f1);
  }

  private static double share(List<Map<String, Double>> scores, Grade grade) {
    return scores.stream().mapToDouble(each -> each.getOrDefault(grade.word(), 0.0)).sum()
        / scores.size();
  }
}
