package org.trimtab.report.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trimtab.io.Csv;
import org.trimtab.io.Json;
import org.trimtab.report.reading.LineScores.Line;
import org.trimtab.report.reading.Reading.Separation;

/**
 * The scores of all lines, from which the statistics of a reading follow.
 *
 * @param items for each line, the id of its item in the data set
 * @param lines the lines
 * @param scores by name, h d of each line
 */
public record ScoredLines(List<Integer> items, List<Line> lines, Map<String, double[]> scores) {
  /** The name of the scores along a hidden state's own direction. */
  public static String own(int state) {
    return "own." + state;
  }

  /** The name of a hidden state's scores along the cell's direction. */
  public static String cell(int state) {
    return "cell." + state;
  }

  /** The statistics of one hidden state's scores. */
  public static Separation separation(List<Line> lines, double[] scores, int state, long seed) {
    return new LineScores(lines, scores).separation(seed, "lines at hidden state " + state);
  }

  /** One row per line. */
  String csv() {
    List<String> header = new ArrayList<>(List.of("item", "fold", "label"));
    header.addAll(scores.keySet());
    StringBuilder text = new StringBuilder(Csv.line(header));
    for (int i = 0; i < lines.size(); i++) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(items.get(i)));
      row.add(Integer.toString(lines.get(i).fold()));
      row.add(lines.get(i).positive() ? "positive" : "negative");
      for (double[] each : scores.values()) {
        row.add(Json.text(each[i]));
      }
      text.append(Csv.line(row));
    }
    return text.toString();
  }
}
