package org.trimtab.report.reading;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.UserException;
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

  /**
   * Reads what {@link #csv} wrote.
   *
   * @throws UserException when the file is another one
   */
  static ScoredLines read(Path file, String text) {
    List<Integer> items = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    Map<Integer, Integer> places = new HashMap<>();
    try {
      for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(text)) {
        int item = Integer.parseInt(row.getField("item"));
        items.add(item);
        places.putIfAbsent(item, places.size());
        lines.add(
            new Line(
                places.getOrDefault(item, 0),
                Integer.parseInt(row.getField("fold")),
                row.getField("label").equals("positive")));
        for (String name : row.getHeader().subList(3, row.getHeader().size())) {
          columns
              .computeIfAbsent(name, unused -> new ArrayList<>())
              .add(Double.parseDouble(row.getField(name)));
        }
      }
    } catch (RuntimeException e) {
      throw new UserException(
          file + ": not the scores of lines (" + e.getMessage() + "); read the direction again", e);
    }
    Map<String, double[]> scores = new LinkedHashMap<>();
    columns.forEach(
        (name, values) ->
            scores.put(name, values.stream().mapToDouble(Double::doubleValue).toArray()));
    return new ScoredLines(items, lines, scores);
  }

  /** The scores of a name; none if there are none. */
  Optional<double[]> of(String name) {
    return Optional.ofNullable(scores.get(name));
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
