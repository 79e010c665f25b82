package org.trimtab.method.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trimtab.method.tune.Tuner.Goal;
import org.trimtab.plan.random.CounterRandom;

class TunerTest {
  private static final Space SPACE =
      space(
          "strength", "0.0..0.3",
          "rate", "1e-5..1e-1 log",
          "factor", "0..1 step 0.1",
          "layer", "4..25 integer",
          "width", "1..64 integer log",
          "scale", "fixed 2",
          "side", "one of input, output, both");

  @ParameterizedTest
  @EnumSource(TunerSettings.Kind.class)
  void aStudyCutOffAtAnyTrialGivesTheSameTrials(TunerSettings.Kind kind) {
    Tuner tuner = tuner(kind, 24, 7, Goal.MAXIMISE);
    List<Trial> whole = Tuner.run(tuner, List.of(), TunerTest::score);
    assertThat(whole).hasSize(tuner.trials());
    for (int cut = 0; cut < whole.size(); cut++) {
      List<Trial> journal = journaled(whole.subList(0, cut));
      Tuner again = tuner(kind, 24, 7, Goal.MAXIMISE);
      assertThat(Tuner.run(again, journal, TunerTest::score)).isEqualTo(whole);
    }
  }

  @Test
  void theOrderOfToldTrialsDoesNotMatter() {
    List<Trial> told =
        Tuner.run(tuner(TunerSettings.Kind.TPE, 30, 1, Goal.MINIMISE), List.of(), TunerTest::score);
    Tuner tuner = tuner(TunerSettings.Kind.TPE, 31, 1, Goal.MINIMISE);
    List<Trial> shuffled = new ArrayList<>(told);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(tuner.ask(30, shuffled)).isEqualTo(tuner.ask(30, told));
  }

  @Test
  void trialsFromElsewhereAreHeeded() {
    List<Trial> elsewhere = new ArrayList<>();
    for (Trial trial :
        Tuner.run(
            tuner(TunerSettings.Kind.RANDOM, 40, 9, Goal.MINIMISE), List.of(), TunerTest::score)) {
      elsewhere.add(new Trial(trial.number() - 40, trial.point(), trial.value()));
    }
    Tuner tuner = tuner(TunerSettings.Kind.TPE, 5, 1, Goal.MINIMISE);
    assertThat(tuner.ask(0, elsewhere)).isNotEqualTo(tuner.ask(0, List.of()));
  }

  @Test
  void maximisingIsMinimisingTheNegative() {
    List<Trial> up =
        Tuner.run(tuner(TunerSettings.Kind.TPE, 25, 2, Goal.MAXIMISE), List.of(), TunerTest::score);
    List<Trial> down =
        Tuner.run(tuner(TunerSettings.Kind.TPE, 25, 2, Goal.MINIMISE), List.of(), at -> -score(at));
    assertThat(down).extracting(Trial::point).isEqualTo(up.stream().map(Trial::point).toList());
  }

  @Test
  void startUpTrialsAreThoseOfTheRandomTuner() {
    List<Trial> tpe =
        Tuner.run(tuner(TunerSettings.Kind.TPE, 12, 2, Goal.MAXIMISE), List.of(), TunerTest::score);
    List<Trial> random =
        Tuner.run(
            tuner(TunerSettings.Kind.RANDOM, 12, 2, Goal.MAXIMISE), List.of(), TunerTest::score);
    assertThat(tpe.subList(0, 10)).isEqualTo(random.subList(0, 10));
    assertThat(tpe.subList(10, 12)).doesNotContainAnyElementsOf(random);
  }

  @ParameterizedTest
  @EnumSource(TunerSettings.Kind.class)
  void everyProposalIsWithinTheSpace(TunerSettings.Kind kind) {
    for (Trial trial : Tuner.run(tuner(kind, 60, 4, Goal.MAXIMISE), List.of(), TunerTest::score)) {
      Point point = trial.point();
      assertThat(point.values().keySet()).containsExactlyElementsOf(SPACE.parameters().keySet());
      assertThat(point.number("strength")).isBetween(0.0, 0.3);
      assertThat(point.number("rate")).isBetween(1e-5, 1e-1);
      assertThat(point.number("factor") * 10 % 1).isZero();
      assertThat(point.number("layer")).isBetween(4.0, 25.0);
      assertThat(point.values().get("layer")).isInstanceOf(Long.class);
      assertThat(point.number("width")).isBetween(1.0, 64.0);
      assertThat(point.number("scale")).isEqualTo(2);
      assertThat(point.choice("side")).isIn("input", "output", "both");
      assertThat(Point.of(point.tree())).isEqualTo(point);
    }
  }

  @Test
  void aTrialWithoutAValueIsLeftOutAndOneThatBrokeAConstraintIsWorse() {
    List<Trial> history = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      history.add(new Trial(i, new Point(Map.of()), i));
    }
    history.add(new Trial(20, new Point(Map.of()), -5, 0.1));
    history.add(new Trial(21, new Point(Map.of()), Double.NaN));
    Split split = Split.of(history, Goal.MINIMISE);
    assertThat(split.below()).extracting(Trial::number).containsExactly(0, 1, 2);
    assertThat(split.above()).extracting(Trial::number).doesNotContain(21).contains(20);
    assertThat(Split.of(history, Goal.MAXIMISE).below())
        .extracting(Trial::number)
        .containsExactly(17, 18, 19);
  }

  @Test
  void twoTrialsOfOneNumberAreRefused() {
    Trial trial = new Trial(3, new Point(Map.of()), 1);
    assertThatThrownBy(() -> Split.of(List.of(trial, trial), Goal.MINIMISE))
        .hasMessage("two trials with number 3");
  }

  @Test
  void aGridIsTheLargestThatTheBudgetAllows() {
    Space three = space("a", "0.0..1.0", "b", "0..2 step 1", "c", "one of x, y");
    Tuner grid =
        TunerSettings.of(TunerSettings.Kind.GRID, 20)
            .tuner(three, Goal.MAXIMISE, CounterRandom.of(0, "t"));
    List<Trial> trials = Tuner.run(grid, List.of(), at -> 0);
    assertThat(grid.trials()).isEqualTo(18);
    assertThat(new HashSet<>(trials.stream().map(Trial::point).toList())).hasSize(18);
    assertThat(trials.get(0).point().values()).isEqualTo(Map.of("a", 0.0, "b", 0.0, "c", "x"));
    assertThat(trials.get(17).point().values()).isEqualTo(Map.of("a", 1.0, "b", 2.0, "c", "y"));
    assertThatThrownBy(() -> grid.ask(18, List.of())).hasMessage("trial 18 of 18");
  }

  private static double score(Point at) {
    return at.choice("side").length()
        - at.number("strength")
        - Math.abs(at.number("layer") - 9) / 5;
  }

  private static List<Trial> journaled(List<Trial> trials) {
    return trials.stream()
        .map(each -> new Trial(each.number(), Point.of(each.point().tree()), each.value()))
        .toList();
  }

  private static Tuner tuner(TunerSettings.Kind kind, int trials, int seed, Goal goal) {
    return TunerSettings.of(kind, trials).tuner(SPACE, goal, CounterRandom.of(seed, "test").at(5));
  }

  private static Space space(String... namesAndDomains) {
    Map<String, Domain> parameters = new LinkedHashMap<>();
    for (int i = 0; i < namesAndDomains.length; i += 2) {
      parameters.put(namesAndDomains[i], Domain.parse(namesAndDomains[i + 1]));
    }
    return new Space(parameters);
  }
}
