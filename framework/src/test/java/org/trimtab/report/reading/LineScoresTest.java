package org.trimtab.report.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.report.reading.LineScores.Line;
import org.trimtab.report.reading.Reading.Separation;

/** AUC and effect size against counts and formulas by hand. */
class LineScoresTest {
  @Test
  void aucCountsPairsAndHalfOfTies() {
    // Positives 3, 2, 2 and negatives 2, 1: of 6 pairs 4 are won and 2 tied.
    LineScores scores = scores(new double[] {3, 2, 2, 2, 1}, "+++--", "00000");
    assertThat(scores.auc()).isEqualTo(5.0 / 6);
    assertThat(scores(new double[] {1, 1, 1, 1}, "+-+-", "0000").auc()).isEqualTo(0.5);
    assertThat(scores(new double[] {2, 1}, "+-", "00").auc()).isEqualTo(1);
    assertThat(scores(new double[] {1, 2}, "+-", "00").auc()).isZero();
  }

  @Test
  void aucIsThatOfAllPairsCountedOneByOne() {
    CounterRandom random = CounterRandom.of(3, "scores");
    for (int trial = 0; trial < 50; trial++) {
      CounterRandom own = random.at(trial);
      List<Line> lines = new ArrayList<>();
      double[] scores = new double[40];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = own.below(6, 3L * i);
        boolean positive = own.below(2, 3L * i + 1) == 1;
        lines.add(new Line(i / 2, own.below(3, 3L * i + 2), positive));
      }
      double wins = 0;
      double pairs = 0;
      for (int i = 0; i < scores.length; i++) {
        for (int j = 0; j < scores.length; j++) {
          if (lines.get(i).positive()
              && !lines.get(j).positive()
              && lines.get(i).fold() == lines.get(j).fold()) {
            pairs++;
            wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          }
        }
      }
      assertThat(new LineScores(lines, scores).auc()).isEqualTo(wins / pairs, within(1e-12));
    }
  }

  /** Scores of another fold have another zero: they must not be compared. */
  @Test
  void linesAreComparedWithinTheirFold() {
    double[] scores = {2, 1, 102, 101};
    assertThat(scores(scores, "+-+-", "0011").auc()).isEqualTo(1);
    assertThat(scores(scores, "+-+-", "0000").auc()).isEqualTo(0.75);
    // Within folds the standard deviation is 1 and the difference 1.5 and 2.5.
    double[] spread = {3, 5, 2, 4, 1, 103, 105, 101, 102};
    LineScores both = scores(spread, "++---++--", "000001111");
    double first = 4 - 7.0 / 3;
    double second = 104 - 101.5;
    double squares = 2 + (1.0 / 9 + 25.0 / 9 + 16.0 / 9) + 2 + 0.5;
    assertThat(both.effect())
        .isEqualTo((5 * first + 4 * second) / 9 / Math.sqrt(squares / 5), within(1e-12));
  }

  @Test
  void effectIsTheDifferenceOverThePooledDeviation() {
    // Means 3 and 1, variances 2 and 2.
    assertThat(scores(new double[] {2, 4, 0, 2}, "++--", "0000").effect())
        .isEqualTo(2 / Math.sqrt(2), within(1e-12));
    assertThat(scores(new double[] {1, 1, 0, 0}, "++--", "0000").effect()).isNull();
  }

  @Test
  void theIntervalHoldsTheValueAndIsTheSameAgain() {
    CounterRandom random = CounterRandom.of(5, "scores");
    List<Line> lines = new ArrayList<>();
    double[] scores = new double[100];
    for (int i = 0; i < scores.length; i++) {
      lines.add(new Line(i / 2, 0, i % 2 == 0));
      scores[i] = random.normal(i) + (i % 2 == 0 ? 1 : 0);
    }
    Separation separation = new LineScores(lines, scores).separation(0, "test");
    assertThat(separation).isEqualTo(new LineScores(lines, scores).separation(0, "test"));
    assertThat(separation.interval().low()).isBetween(0.5, separation.auc() - 0.02);
    assertThat(separation.interval().high()).isBetween(separation.auc() + 0.02, 1.0);
  }

  private static LineScores scores(double[] scores, String labels, String folds) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      lines.add(new Line(i, folds.charAt(i) - '0', labels.charAt(i) == '+'));
    }
    return new LineScores(lines, scores);
  }
}
