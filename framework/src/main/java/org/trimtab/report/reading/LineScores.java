package org.trimtab.report.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.report.PairedBootstrap;
import org.trimtab.report.reading.Reading.Separation;

/**
 * Scores of lines along a direction, and how well they separate both labels. Lines are compared
 * within their fold alone, because each fold has its own direction; items are resampled whole.
 */
public final class LineScores {
  private final List<Line> lines;
  private final double[] scores;
  private final int items;

  /** The lines of each fold by ascending score. */
  private final List<int[]> ascending = new ArrayList<>();

  /**
   * A line.
   *
   * @param item the place of its item among the scored ones, from 0
   * @param fold the fold that it is scored in, from 0
   * @param positive whether it has the property
   */
  public record Line(int item, int fold, boolean positive) {}

  /**
   * @param scores one for each line
   */
  public LineScores(List<Line> lines, double[] scores) {
    this.lines = List.copyOf(lines);
    this.scores = scores.clone();
    items = 1 + lines.stream().mapToInt(Line::item).max().orElse(-1);
    int folds = 1 + lines.stream().mapToInt(Line::fold).max().orElse(-1);
    for (int fold = 0; fold < folds; fold++) {
      int own = fold;
      ascending.add(
          IntStream.range(0, lines.size())
              .filter(i -> lines.get(i).fold() == own)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> scores[i]))
              .mapToInt(i -> i)
              .toArray());
    }
  }

  /** AUC with its interval, and effect size. */
  public Separation separation(long seed, String purpose) {
    return new Separation(
        auc(), new PairedBootstrap(seed, purpose).interval(items, this::resampled), effect());
  }

  /** The probability that a positive line has the higher score; ties count half. */
  public double auc() {
    int[] once = new int[items];
    Arrays.fill(once, 1);
    return weighted(once);
  }

  private double resampled(int[] drawn) {
    int[] times = new int[items];
    for (int item : drawn) {
      times[item]++;
    }
    return weighted(times);
  }

  /** The AUC of lines that count several times; 0.5 when there is nothing to compare. */
  private double weighted(int[] times) {
    double wins = 0;
    double pairs = 0;
    for (int[] order : ascending) {
      double below = 0;
      double positives = 0;
      for (int i = 0; i < order.length; ) {
        double tiedPositives = 0;
        double tiedNegatives = 0;
        double score = scores[order[i]];
        for (; i < order.length && scores[order[i]] == score; i++) {
          Line line = lines.get(order[i]);
          if (line.positive()) {
            tiedPositives += times[line.item()];
          } else {
            tiedNegatives += times[line.item()];
          }
        }
        wins += tiedPositives * (below + tiedNegatives / 2);
        below += tiedNegatives;
        positives += tiedPositives;
      }
      pairs += positives * below;
    }
    return pairs == 0 ? 0.5 : wins / pairs;
  }

  /**
   * The difference of both means over the pooled standard deviation, within folds: Cohen's d. Null
   * when the lines of a label do not vary at all.
   */
  @Nullable Double effect() {
    double difference = 0;
    double weight = 0;
    double squares = 0;
    int degrees = 0;
    for (int[] order : ascending) {
      double[] sums = new double[2];
      int[] counts = new int[2];
      for (int i : order) {
        int label = lines.get(i).positive() ? 1 : 0;
        sums[label] += scores[i];
        counts[label]++;
      }
      if (counts[0] == 0 || counts[1] == 0) {
        continue;
      }
      difference += order.length * (sums[1] / counts[1] - sums[0] / counts[0]);
      weight += order.length;
      for (int i : order) {
        int label = lines.get(i).positive() ? 1 : 0;
        double distance = scores[i] - sums[label] / counts[label];
        squares += distance * distance;
      }
      degrees += order.length - 2;
    }
    return squares > 0 && degrees > 0
        ? Double.valueOf(difference / weight / Math.sqrt(squares / degrees))
        : null;
  }
}
