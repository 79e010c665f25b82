package org.trimtab.evaluate.grade;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores and metrics of grades. Shares are over all answers, ungraded ones included, so that the
 * five add up to 1 and a share that is missing is seen.
 */
public final class GradeShares {
  private GradeShares() {}

  /** Whether scores of an answer, or metrics of several, tell of something ungraded. */
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

  /**
   * The five shares; {@code accuracy_given_attempted} = correct / (correct + incorrect); {@code
   * f1}, the harmonic mean of that and correct. Both are 0 where nothing is correct, as in
   * simple-evals.
   *
   * @param grades at least one
   */
  public static Map<String, Double> metrics(List<Grade> grades) {
    Map<String, Double> metrics = new TreeMap<>();
    Arrays.stream(Grade.values())
        .forEach(
            each -> {
              double count = grades.stream().filter(grade -> grade == each).count();
              metrics.put(each.word(), count / grades.size());
            });
    double correct = metrics.getOrDefault(Grade.CORRECT.word(), 0.0);
    double attempted = correct + metrics.getOrDefault(Grade.INCORRECT.word(), 0.0);
    double accuracy = correct == 0 ? 0 : correct / attempted;
    metrics.put("accuracy_given_attempted", accuracy);
    metrics.put("f1", correct == 0 ? 0 : 2 * accuracy * correct / (accuracy + correct));
    return metrics;
  }
}
