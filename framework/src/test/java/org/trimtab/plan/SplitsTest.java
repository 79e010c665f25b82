package org.trimtab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trimtab.plan.TestFacts.plan;
import static org.trimtab.spec.TestSpecs.SAMPLE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trimtab.io.Json;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.yaml.SpecProblems;

class SplitsTest {
  private static List<Cell> cells(String splits, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "methods.directional-edit.train={dataset: truthfulqa, splits: " + splits + "}",
                "methods.directional-edit.layers=7",
                "methods.directional-edit.factor=1"));
    all.addAll(List.of(more));
    return plan(SAMPLE, all.toArray(String[]::new)).cells().stream()
        .filter(cell -> cell.method().equals("directional-edit"))
        .toList();
  }

  private static Training training(Cell cell) {
    return Objects.requireNonNull(cell.training());
  }

  @Test
  void everySplitLearnsFromItsOwnItemsAndScoresAllOthers() {
    List<Cell> cells = cells("{count: 5, train: 300}");

    assertThat(cells).hasSize(5);
    Set<ItemSet> learned = new HashSet<>();
    for (Cell cell : cells) {
      Training training = training(cell);
      learned.add(training.items());
      assertThat(training.items().size()).isEqualTo(300);
      assertThat(training.withheld()).isEqualTo(training.items());
      for (int item = 0; item < 817; item++) {
        assertThat(cell.scores("truthfulqa", item)).isNotEqualTo(training.items().contains(item));
      }
    }
    assertThat(learned).hasSize(5);
    assertThat(cells.get(1).label()).endsWith("split 2/5");
  }

  @Test
  void aSplitIsAFunctionOfSeedAndNumberAlone() {
    List<Integer> order = new ArrayList<>(ItemSet.first(817).ids());
    order.sort(
        Comparator.comparing(
            item -> CounterRandom.of(7, "split").at(2).at(item).bits(0), Long::compareUnsigned));

    Training third = training(cells("{count: 5, train: 300}", "seed=7").get(2));

    assertThat(third.items()).isEqualTo(ItemSet.of(order.subList(0, 300)));
    assertThat(training(cells("{count: 3, train: 300}", "seed=7").get(2)).items())
        .as("whatever the number of splits")
        .isEqualTo(third.items());
    assertThat(training(cells("{count: 5, train: 300}").get(2)).items())
        .isNotEqualTo(third.items());
  }

  @Test
  void whatALimitLeavesOutIsWithheldAllTheSame() {
    Training training =
        training(
            cells(
                    "{train: 300}",
                    "methods.directional-edit.train={dataset: truthfulqa, splits: {train: 300}, n: 20}")
                .get(4));

    assertThat(training.items().size()).isEqualTo(20);
    assertThat(training.withheld().size()).isEqualTo(300);
    assertThat(training.withheld().minus(training.items()).size()).isEqualTo(280);
  }

  @Test
  void recordsOfOtherTrainingsStayAsTheyWere() throws Exception {
    Training fold = training(plan(SAMPLE).cells().get(1));
    Training split = training(cells("{train: 300}").get(0));

    assertThat(fold.place()).isEqualTo("fold 1/2");
    JsonNode json = Json.MAPPER.valueToTree(fold);
    assertThat(json.has("overlapping")).isFalse();
    assertThat(Json.MAPPER.treeToValue(json, Training.class)).isEqualTo(fold);
    assertThat(Json.MAPPER.treeToValue(Json.MAPPER.valueToTree(split), Training.class))
        .isEqualTo(split);
  }

  @Test
  void fewerItemsThanASplitAreAMistakeWithItsPlace() {
    assertThatThrownBy(() -> cells("{train: 817}"))
        .isInstanceOf(SpecProblems.class)
        .hasMessageStartingWith("--set methods.directional-edit.train=")
        .hasMessageContaining(
            "splits: to learn from 817 items and to score at least one takes 818, and truthfulqa"
                + " has 817 items; learn from fewer");
    assertThatThrownBy(() -> cells("{train: 816, count: 1000}"))
        .hasMessageContaining(
            "there are not 1000 different ones of 816 items to learn from: truthfulqa has 817");
    assertThat(cells("{train: 816, count: 817}")).hasSize(817);
    assertThatThrownBy(() -> cells("{train: 0}")).hasMessageContaining("train");
    assertThatThrownBy(() -> cells("{train: 5, folds: 3}")).hasMessageContaining("folds");
    assertThatThrownBy(
            () ->
                cells(
                    "{train: 5}",
                    "methods.directional-edit.train={dataset: truthfulqa, folds: 2, splits: {train: 5}}"))
        .hasMessageContaining("'splits' excludes 'folds', 'items', 'share' and 'leaky'");
  }
}
