package org.trimtab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.trimtab.plan.random.CounterRandom;

/** Against scipy and statsmodels: fixtures/statistics/make_golden.py made the values. */
class StatisticsTest {
  private static final JsonNode GOLDEN = golden();

  @Test
  void mcNemarIsThatOfStatsmodels() {
    for (JsonNode test : GOLDEN.get("mcnemar")) {
      double p = PairedTests.mcNemar(test.get("gained").asInt(), test.get("lost").asInt());
      double expected = test.get("p").asDouble();
      assertThat(p).as(test.toString()).isCloseTo(expected, within(1e-11 * expected));
    }
  }

  @Test
  void mcNemarCountsDiscordantPairs() {
    double[] differences = {1, 1, 1, 0, -1, 0, 0, 1};
    assertThat(PairedTests.mcNemar(differences))
        .isEqualTo(PairedTests.mcNemar(4, 1))
        .isEqualTo(0.375);
  }

  @Test
  void fisherIsThatOfScipy() {
    assertThat(GOLDEN.get("fisher")).hasSizeGreaterThan(5);
    for (JsonNode test : GOLDEN.get("fisher")) {
      JsonNode table = test.get("table");
      double expected = test.get("p").asDouble();
      double p =
          PairedTests.fisher(
              table.get(0).asInt(),
              table.get(1).asInt(),
              table.get(2).asInt(),
              table.get(3).asInt());
      assertThat(p).as(test.toString()).isCloseTo(expected, within(1e-9 * expected));
    }
  }

  @Test
  void holmIsThatOfStatsmodels() {
    for (JsonNode test : GOLDEN.get("holm")) {
      assertThat(PairedTests.holm(doubles(test.get("p"))))
          .containsExactly(doubles(test.get("adjusted")), within(1e-15));
    }
  }

  @Test
  void signFlipsAreThoseOfScipy() {
    for (JsonNode test : GOLDEN.get("sign_flip")) {
      double p = PairedTests.signFlip(doubles(test.get("differences")), 0, "golden");
      double expected = test.get("p").asDouble();
      double error = Math.sqrt(expected * (1 - expected) / 10_000);
      double tolerance = test.get("exact").asBoolean() ? 1e-12 : 4 * error;
      assertThat(p).isCloseTo(expected, within(tolerance));
    }
  }

  @Test
  void withoutAnyDifferenceNothingIsSignificant() {
    assertThat(PairedTests.signFlip(new double[50], 0, "none")).isEqualTo(1);
  }

  @Test
  void bootstrapIntervalsAreThoseOfScipyWithinTheirNoise() {
    for (JsonNode test : GOLDEN.get("bootstrap")) {
      double low = test.get("low").asDouble();
      double high = test.get("high").asDouble();
      Interval interval =
          new PairedBootstrap(0, "golden").interval(doubles(test.get("differences")));
      // The error of a quantile q from R draws is sqrt(q (1 - q) / R) over the density there: for
      // nearly normal means 0.0068 of the interval's width for 10,000 draws, and scipy's 100,000
      // add a tenth of the variance. Four of these errors are allowed.
      double tolerance = 4 * 0.0068 * Math.sqrt(1.1) * (high - low);
      assertThat(interval.low()).isCloseTo(low, within(tolerance));
      assertThat(interval.high()).isCloseTo(high, within(tolerance));
    }
  }

  @Test
  void bootstrapOfFewItemsFindsThePercentilesOfAllResamples() {
    double[] differences = {-1, 0, 2, 7};
    double[] all = new double[256];
    for (int draw = 0; draw < 256; draw++) {
      for (int place = 0; place < 4; place++) {
        all[draw] += differences[(draw >> (2 * place)) & 3] / 4;
      }
    }
    Arrays.sort(all);

    Interval interval = new PairedBootstrap(3, "few").interval(differences);

    assertThat(interval.low()).isEqualTo(PairedBootstrap.percentile(all, 0.025)).isEqualTo(-0.5);
    assertThat(interval.high()).isEqualTo(PairedBootstrap.percentile(all, 0.975)).isEqualTo(5.25);
  }

  @Test
  void bootstrapCoversTheTruthAsOftenAsItSays() {
    CounterRandom random = CounterRandom.of(5, "coverage");
    int covered = 0;
    for (int trial = 0; trial < 200; trial++) {
      double[] sample = new double[60];
      for (int i = 0; i < sample.length; i++) {
        sample[i] = 0.3 + random.at(trial).normal(i);
      }
      Interval interval = new PairedBootstrap(trial, "coverage").interval(sample);
      covered += interval.low() <= 0.3 && 0.3 <= interval.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(178, 198);
  }

  @Test
  void bootstrapOfTruthfulQaTakesWellBelowASecond() {
    double[] differences = doubles(GOLDEN.get("bootstrap").get(1).get("differences"));
    assertThat(differences).hasSize(817);
    PairedBootstrap bootstrap = new PairedBootstrap(0, "speed");
    Interval first = bootstrap.interval(differences);
    long begin = System.nanoTime();
    Interval again = bootstrap.interval(differences);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    assertThat(again).isEqualTo(first);
  }

  @Test
  void bootstrapNeedsAnItem() {
    assertThatThrownBy(() -> new PairedBootstrap(0, "none").interval(new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static JsonNode golden() {
    try (InputStream file =
        StatisticsTest.class.getResourceAsStream("/fixtures/statistics/golden.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Table values of Student's t distribution, 97.5 %. */
  @Test
  void intervalsOverSeedsAreStudents() {
    assertThat(Interval.quantile(1)).isCloseTo(12.706205, within(1e-6));
    assertThat(Interval.quantile(4)).isCloseTo(2.776445, within(1e-6));
    assertThat(Interval.quantile(30)).isCloseTo(2.042272, within(1e-6));
    Interval interval = Interval.ofSeeds(5, 2, 4);
    assertThat(interval.high() - 5).isCloseTo(3.182446, within(1e-6));
    assertThat(interval.low()).isCloseTo(10 - interval.high(), within(1e-12));
  }
}
