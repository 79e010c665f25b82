package org.trimtab.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trimtab.UserException;
import org.trimtab.data.MultipleChoice;
import org.trimtab.data.MultipleChoice.Choices;
import org.trimtab.plan.random.CounterRandom;

class DirectionTest {
  @Test
  void pointsFromTheGeneralMeanToTheSpecialMean() {
    Direction direction =
        Direction.meanDifference(
            List.of(new float[] {4, 1}, new float[] {2, 5}), List.of(new float[] {0, -1}));
    assertThat(direction.norm()).isCloseTo(5, within(1e-12));
    assertThat(direction.unit()).containsExactly(0.6f, 0.8f);
  }

  @Test
  void equalMeansHaveNoDirection() {
    assertThatThrownBy(
            () ->
                Direction.meanDifference(List.of(new float[] {1, 1}), List.of(new float[] {1, 1})))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no direction");
  }

  @Test
  void aRandomDirectionIsAUnitVectorThatDependsOnItsKeyAlone() {
    Direction first = Direction.random(CounterRandom.of(0, "random-direction").at(0), 100);
    Direction again = Direction.random(CounterRandom.of(0, "random-direction").at(0), 100);
    Direction other = Direction.random(CounterRandom.of(1, "random-direction").at(0), 100);
    double squares = 0;
    for (float value : first.unit()) {
      squares += value * value;
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
    assertThat(again.unit()).containsExactly(first.unit());
    assertThat(other.unit()).isNotEqualTo(first.unit());
  }

  @Test
  void linesAreThoseOfTheModelCards() {
    MultipleChoice item =
        new MultipleChoice(
            0,
            "Why?",
            new Choices(List.of("best", "bad"), List.of(true, false)),
            new Choices(List.of("best", "bad", "good"), List.of(true, false, true)));
    assertThat(Contrast.of(item, DirectionalEditSettings.Lines.CARDS).texts())
        .containsExactly("Why? | best | best; good", "Why? | bad");
  }
}
