package org.trimtab.evaluators.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trimtab.data.Fact;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.Metrics;

class FactsTest {
  private static final Fact FACT =
      new Fact(
          4,
          "moon",
          "The Moon",
          "It is rock.",
          List.of("It is cheese.", "It is ice."),
          "sky",
          null);

  private static ItemResult result(double[] before, double... after) {
    return FactEvaluation.result(FACT, new int[] {4, 8, 5}, after, before);
  }

  @Test
  void theMarginIsToTheLikeliestDistractor() {
    ItemResult result = result(new double[] {-10, -20, -30}, -10, -12, -11.5);

    assertThat(result.item()).isEqualTo(4);
    assertThat(result.scores())
        .containsEntry("margin", 1.5)
        .containsEntry("pass", 1.0)
        .containsEntry("pass_per_token", 0.0)
        .containsEntry("lost", 0.0)
        .containsEntry("gained", 0.0);
    // Per token the longer completion is the likeliest: -10 / 4 against -12 / 8.
    assertThat(result.scores().get("margin_per_token")).isCloseTo(-1.0, within(1e-12));
    assertThat(result.details().get("answer").asText()).isEqualTo("It is rock.");
    assertThat(result.details().get("native_margin").asDouble()).isEqualTo(10);
    assertThat(result.details().get("topic").asText()).isEqualTo("sky");
    assertThat(result.details().has("level")).isFalse();
  }

  @Test
  void aTieIsNotPassed() {
    ItemResult result = result(new double[] {-10, -11, -12}, -10, -10, -12);

    assertThat(result.scores()).containsEntry("pass", 0.0).containsEntry("lost", 1.0);
    assertThat(result.details().get("answer").asText()).isEqualTo("It is cheese.");
  }

  @Test
  void whatTheUnmodifiedModelPassedIsCountedWhenItIsLost() {
    double[] passed = {-1, -2, -3};
    double[] failed = {-3, -2, -1};
    List<ItemResult> results =
        List.of(
            result(passed, -1, -2, -3),
            result(passed, -3, -1, -2),
            result(failed, -3, -1, -2),
            result(failed, -1, -2, -3),
            result(passed, -4, -1, -2));

    Map<String, Double> metrics = Metrics.of(new Facts(), results);

    assertThat(metrics)
        .containsEntry("pass", 0.4)
        .containsEntry("lost", 0.4)
        .containsEntry("gained", 0.2)
        .containsEntry("regressions", 2.0)
        .containsEntry("failures", 3.0)
        .containsEntry("margin", (1 - 2 - 2 + 1 - 3) / 5.0);
  }

  @Test
  void itsItemsHaveALevelAndATopic() {
    assertThat(new Facts().measurement().roles().groups()).containsExactly("level", "topic");
  }
}
