package org.trimtab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.plan.TestFacts.plan;
import static org.trimtab.spec.TestSpecs.SAMPLE;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trimtab.plan.random.CounterRandom;

class FoldsTest {
  @Test
  void everyItemIsScoredInOneFoldAndLearnedFromInTheOthers() {
    for (String limit : List.of("", "100")) {
      Plan plan =
          plan(
              SAMPLE,
              "methods.directional-edit.train.folds=5",
              "methods.directional-edit.train.limit=" + limit,
              "methods.directional-edit.layers=7",
              "methods.directional-edit.factor=1");
      List<Cell> cells =
          plan.cells().stream().filter(c -> c.method().equals("directional-edit")).toList();

      assertThat(cells).hasSize(5);
      for (int item = 0; item < 817; item++) {
        int scoredBy = 0;
        for (Cell cell : cells) {
          boolean scores = cell.scores("truthfulqa", item);
          scoredBy += scores ? 1 : 0;
          assertThat(scores && trains(cell, item)).isFalse();
        }
        assertThat(scoredBy).isEqualTo(1);
      }
      assertThat(cells)
          .allMatch(cell -> cell.training() != null)
          .allMatch(cell -> size(cell) == (limit.isEmpty() ? size(cell) : 100))
          .allMatch(cell -> !limit.isEmpty() || size(cell) == 653 || size(cell) == 654)
          .allMatch(cell -> cell.scores("wikitext-2", 0));
    }
  }

  @Test
  void foldsAreDealtInTheOrderOfTheKeyedRandomNumbers() {
    List<Integer> order = new ArrayList<>(ItemSet.first(817).ids());
    order.sort(
        Comparator.comparing(
            item -> BigInteger.valueOf(key(item)).mod(BigInteger.ONE.shiftLeft(64))));
    Cell second = plan(SAMPLE).cells().get(2);

    Set<Integer> dealt = new HashSet<>();
    for (int i = 1; i < 817; i += 2) {
      dealt.add(order.get(i));
    }
    for (int item = 0; item < 817; item++) {
      assertThat(second.scores("truthfulqa", item)).isEqualTo(dealt.contains(item));
    }
  }

  @Test
  void twoItemsShareAGroupWhenEveryCellScoresBothOrNeither() {
    Plan plan =
        plan(
            SAMPLE,
            "seed=[0, 1]",
            "methods.directional-edit.train.folds=3",
            "methods.random-direction.train={dataset: truthfulqa, items: 0-99}",
            "methods.shuffled-labels={like: directional-edit, train: {dataset: truthfulqa, leaky: true}}");
    Groups groups = Groups.of(plan, "truthfulqa");

    for (int a = 0; a < 120; a++) {
      for (int b = 0; b < a; b++) {
        int first = a;
        int second = b;
        boolean together =
            plan.cells().stream()
                .allMatch(c -> c.scores("truthfulqa", first) == c.scores("truthfulqa", second));
        assertThat(groups.group(a) == groups.group(b)).isEqualTo(together);
      }
    }
    assertThat(Groups.of(plan, "wikitext-2").group(0)).isZero();
    assertThat(Groups.of(plan, "wikitext-2").fingerprint()).isEmpty();
    assertThat(Groups.of(plan.cells().subList(0, 1), "truthfulqa").group(5)).isZero();
  }

  private static long key(int item) {
    return CounterRandom.of(0, "fold").at(item).bits(0);
  }

  private static boolean trains(Cell cell, int item) {
    return cell.training() != null && cell.training().items().contains(item);
  }

  private static int size(Cell cell) {
    return cell.training() == null ? 0 : cell.training().items().size();
  }
}
