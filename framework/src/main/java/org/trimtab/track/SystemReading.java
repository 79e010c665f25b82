package org.trimtab.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.trimtab.io.Json;
import org.trimtab.track.RunContent.Point;

/**
 * The machine's load while a cell ran: a line of system.jsonl, with the time and values under the
 * names of MLflow's system metrics. No result depends on it, so a torn line is skipped.
 */
final class SystemReading {
  private static final String TIME = "time";

  private SystemReading() {}

  /** Adds a line. */
  static void append(Path file, Instant time, Map<String, Double> values) throws IOException {
    ObjectNode line = Json.object().put(TIME, time.toString());
    values.forEach(line::put);
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The lines of a file as curves, one step per line; none if there is no file. */
  static List<Point> points(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Point> points = new ArrayList<>();
    int step = 0;
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
      List<Point> read = read(line, step);
      points.addAll(read);
      step += read.isEmpty() ? 0 : 1;
    }
    points.sort(Comparator.comparing(Point::name).thenComparing(Point::step));
    return points;
  }

  private static List<Point> read(String line, int step) {
    List<Point> points = new ArrayList<>();
    try {
      JsonNode values = Json.MAPPER.readTree(line);
      long time = Instant.parse(values.path(TIME).asText()).toEpochMilli();
      for (Map.Entry<String, JsonNode> entry : values.properties()) {
        if (entry.getValue().isNumber()) {
          points.add(new Point(entry.getKey(), entry.getValue().doubleValue(), time, step));
        }
      }
    } catch (JsonProcessingException | DateTimeParseException e) {
      return List.of();
    }
    return points;
  }
}
