package org.trimtab.evaluate.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.Metrics;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Measurement;

class GradeSharesTest {
  /** Computed by hand: accuracy = c / (c + i), f1 = 2 c / (c + i + n) over n answers. */
  @ParameterizedTest
  @CsvSource({
    // correct, incorrect, not attempted, unparsed, ungraded | accuracy, f1
    "4, 4, 2, 0, 0, 0.5, 0.4444444444444444",
    "3, 1, 0, 0, 0, 0.75, 0.75",
    "1, 0, 9, 0, 0, 1, 0.18181818181818182",
    "0, 5, 5, 0, 0, 0, 0",
    "0, 0, 7, 0, 0, 0, 0",
    "2, 2, 2, 2, 2, 0.5, 0.2857142857142857",
    "10, 0, 0, 0, 0, 1, 1",
    "0, 0, 0, 0, 3, 0, 0",
  })
  void metricsAreThoseOfTheHandComputedTable(
      int correct, int incorrect, int not, int unparsed, int ungraded, double accuracy, double f1) {
    List<Grade> grades = new ArrayList<>();
    grades.addAll(Collections.nCopies(correct, Grade.CORRECT));
    grades.addAll(Collections.nCopies(incorrect, Grade.INCORRECT));
    grades.addAll(Collections.nCopies(not, Grade.NOT_ATTEMPTED));
    grades.addAll(Collections.nCopies(unparsed, Grade.UNPARSED));
    grades.addAll(Collections.nCopies(ungraded, Grade.UNGRADED));
    double n = grades.size();
    List<ItemResult> results =
        grades.stream()
            .map(
                grade ->
                    new ItemResult(
                        0, JsonNodeFactory.instance.objectNode(), GradeShares.scores(grade)))
            .toList();
    Measurement measurement = new Measurement(GradeShares.metrics(), ItemRoles.NONE);
    Map<String, Double> metrics = new HashMap<>(Metrics.declared(measurement, results));
    metrics.putAll(GradeShares.attempted(results.stream().map(ItemResult::scores).toList()));
    assertThat(metrics)
        .hasSize(7)
        .containsEntry("correct", correct / n)
        .containsEntry("incorrect", incorrect / n)
        .containsEntry("not_attempted", not / n)
        .containsEntry("unparsed", unparsed / n)
        .containsEntry("ungraded", ungraded / n);
    assertThat(metrics.get("accuracy_given_attempted")).isCloseTo(accuracy, within(1e-15));
    assertThat(metrics.get("f1")).isCloseTo(f1, within(1e-15));
  }

  @Test
  void theScoresOfAnAnswerAddUpToOne() {
    assertThat(GradeShares.scores(Grade.UNPARSED))
        .containsOnlyKeys("correct", "incorrect", "not_attempted", "unparsed", "ungraded")
        .containsEntry("unparsed", 1.0)
        .containsEntry("correct", 0.0);
    assertThat(GradeShares.isUngraded(GradeShares.scores(Grade.UNGRADED))).isTrue();
    assertThat(GradeShares.isUngraded(GradeShares.scores(Grade.CORRECT))).isFalse();
  }
}
