package org.trimtab.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trimtab.UserException;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.report.reading.LineScores.Line;

/** Which lines directions are learned from, and which are scored. */
class LabelledStatesTest {
  private static final CounterRandom RANDOM = CounterRandom.of(2, "test");

  @Test
  void whatIsNotLearnedFromIsScored() {
    LabelledStates states = new LabelledStates(pairs(6, 4), 0);
    assertThat(states.folds()).isEqualTo(1);
    assertThat(states.learnedFor(0)).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(states.scoredItems()).containsExactly(6, 6, 7, 7, 8, 8, 9, 9);
  }

  @Test
  void withoutOtherLinesEachFoldIsScoredByDirectionsOfTheOthers() {
    LabelledStates states = new LabelledStates(pairs(12, 0), 0);
    assertThat(states.folds()).isEqualTo(5);
    List<Integer> items = states.scoredItems();
    List<Line> lines = states.lines(states.labels());
    assertThat(items.stream().distinct()).hasSize(12);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(states.learnedFor(lines.get(i).fold())).doesNotContain(items.get(i)).isNotEmpty();
    }
    // One item beside those that are learned from is too few to be scored.
    assertThat(new LabelledStates(pairs(12, 1), 0).folds()).isEqualTo(5);
    assertThat(new LabelledStates(pairs(2, 0), 0).folds()).isEqualTo(2);
  }

  /** Own texts: an item is one line. */
  @Test
  void itemsWithOneLabelAreInEveryFoldAndExchangeLabels() {
    List<LabelledStates.Lines> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      boolean positive = i < 8;
      all.add(
          new LabelledStates.Lines(
              i, true, positive ? one(i) : List.of(), positive ? List.of() : one(i)));
    }
    LabelledStates states = new LabelledStates(all, 0);
    assertThat(states.folds()).isEqualTo(5);
    for (int permutation = 0; permutation < 20; permutation++) {
      boolean[] swapped = states.shuffled(RANDOM.at(permutation));
      for (int fold = 0; fold < 5; fold++) {
        int own = fold;
        assertThat(
                states.lines(swapped).stream()
                    .filter(line -> line.fold() == own && line.positive()))
            .hasSameSizeAs(
                states.lines(states.labels()).stream()
                    .filter(line -> line.fold() == own && line.positive())
                    .toList());
        assertThat(states.at(1).means(true, fold, swapped)).isNotEmpty();
        assertThat(states.at(1).means(false, fold, swapped)).isNotEmpty();
      }
    }
    assertThat(
            IntStream.range(0, 20)
                .mapToObj(i -> states.lines(states.shuffled(RANDOM.at(i))))
                .distinct())
        .hasSizeGreaterThan(15);
  }

  @Test
  void directionsAreDifferencesOfItemMeansAndFollowTheLabels() {
    List<LabelledStates.Lines> all =
        List.of(
            new LabelledStates.Lines(
                0, true, List.of(state(4, 0), state(2, 0)), List.of(state(0, 0))),
            new LabelledStates.Lines(1, true, List.of(state(5, 0)), List.of(state(0, 0))));
    LabelledStates states = new LabelledStates(all, 0);
    assertThat(states.at(1).own(-2, states.labels()).norm()).isEqualTo(4);
    assertThat(states.at(1).difference(-2, new boolean[] {true, false}))
        .containsExactly((0 + 5) / 2f - (3 + 0) / 2f, 0);
    assertThat(states.at(1).scores(List.of(new float[] {1, 0}, new float[] {2, 0})))
        .containsExactlyInAnyOrder(
            4 * fold(states, 0), 2 * fold(states, 0), 0, 5 * fold(states, 3), 0);
  }

  private static double fold(LabelledStates states, int line) {
    return 1 + states.lines(states.labels()).get(line).fold();
  }

  @Test
  void tooFewLinesAreRefused() {
    assertThatThrownBy(() -> new LabelledStates(pairs(1, 9), 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("learns from 2 lines, 1 of them positive")
        .hasMessageContaining("at least 4");
    List<LabelledStates.Lines> single =
        List.of(
            new LabelledStates.Lines(0, true, one(0), List.of()),
            new LabelledStates.Lines(1, true, List.of(), one(1)),
            new LabelledStates.Lines(2, true, List.of(), one(2)),
            new LabelledStates.Lines(3, true, List.of(), one(3)));
    assertThatThrownBy(() -> new LabelledStates(single, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("4 lines, 1 of them positive")
        .hasMessageContaining("at least two of each label");
  }

  private static List<LabelledStates.Lines> pairs(int learned, int others) {
    return IntStream.range(0, learned + others)
        .mapToObj(i -> new LabelledStates.Lines(i, i < learned, one(i), one(-i)))
        .toList();
  }

  private static List<Map<Integer, float[]>> one(int value) {
    return List.of(state(value, 1));
  }

  private static Map<Integer, float[]> state(float first, float second) {
    return Map.of(1, new float[] {first, second});
  }
}
