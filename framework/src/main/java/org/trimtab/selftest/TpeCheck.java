package org.trimtab.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.UserException;
import org.trimtab.method.tune.Choices;
import org.trimtab.method.tune.Domain;
import org.trimtab.method.tune.Goal;
import org.trimtab.method.tune.Numbers;
import org.trimtab.method.tune.ParzenEstimator;
import org.trimtab.method.tune.Point;
import org.trimtab.method.tune.Space;
import org.trimtab.method.tune.Split;
import org.trimtab.method.tune.Trial;

/**
 * Compares the tuner tpe with results of Optuna in a file: which trials of a history count as good,
 * the log densities of both estimators at given points, and the regret of seeded studies.
 */
public final class TpeCheck {
  private static final double LOG_DENSITY = 1e-9;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<Finding> findings = new ArrayList<>();

  private TpeCheck(Path file) {
    this.file = file;
  }

  /**
   * Makes all comparisons.
   *
   * @throws UserException when the file cannot be read or holds nothing to compare
   */
  public static List<Finding> run(Path file) {
    JsonNode reference;
    try {
      reference = JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read as JSON (" + e.getMessage() + ")", e);
    }
    TpeCheck check = new TpeCheck(file);
    reference.path("densities").forEach(check::densities);
    reference.path("regret").forEach(check::regret);
    if (check.findings.isEmpty()) {
      throw new UserException(file + ": holds nothing to compare; expected densities and regret");
    }
    return check.findings;
  }

  private void densities(JsonNode entry) {
    String name = required(entry, "case").asText();
    Space space = space(required(entry, "space"));
    JsonNode values = required(entry, "values");
    List<Trial> history = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Point point = point(space, required(entry, "history"), i);
      history.add(new Trial(i, point, values.get(i).asDouble(Double.NaN)));
    }
    Goal goal =
        required(entry, "direction").asText().equals("maximize") ? Goal.MAXIMISE : Goal.MINIMISE;
    Split split = Split.of(history, goal);
    List<Integer> wanted = new ArrayList<>();
    required(entry, "below").forEach(number -> wanted.add(number.asInt()));
    List<Integer> found = split.below().stream().map(Trial::number).toList();
    findings.add(
        Finding.equal(name, "split", found.equals(wanted), found + ", expected " + wanted));
    compare(entry, "log_l", ParzenEstimator.of(space, split.below()), space);
    compare(entry, "log_g", ParzenEstimator.of(space, split.above()), space);
  }

  private void compare(JsonNode entry, String key, ParzenEstimator estimator, Space space) {
    JsonNode wanted = required(entry, key);
    double largest = 0;
    for (int i = 0; i < wanted.size(); i++) {
      double found = estimator.logDensity(point(space, required(entry, "query"), i));
      largest = Math.max(largest, Math.abs(found - wanted.get(i).asDouble(Double.NaN)));
    }
    findings.add(new Finding(entry.get("case").asText(), key, largest, LOG_DENSITY, ""));
  }

  /** Compares the median regret over seeds with Optuna's upper quartile, for each tuner@budget. */
  private void regret(JsonNode entry) {
    String function = required(entry, "function").asText();
    int seeds = required(entry, "seeds").asInt();
    TuningBenchmark benchmark =
        TuningBenchmark.named(function)
            .orElseThrow(
                () ->
                    new UserException(
                        file
                            + ": '"
                            + function
                            + "' is not a known function; known: "
                            + String.join(", ", TuningBenchmark.names())));
    for (Map.Entry<String, JsonNode> row : entry.properties()) {
      if (row.getKey().matches("(tpe|random)@[1-9]\\d{0,3}")) {
        double median = benchmark.medianRegret(row.getKey(), seeds);
        double limit = required(row.getValue(), "q75").asDouble();
        String note = "the tolerance is the upper quartile of Optuna's studies";
        findings.add(new Finding(benchmark.name(), "regret " + row.getKey(), median, limit, note));
      }
    }
  }

  private Space space(JsonNode node) {
    Map<String, Domain> parameters = new LinkedHashMap<>();
    node.properties().forEach(each -> parameters.put(each.getKey(), domain(each.getValue())));
    return new Space(parameters);
  }

  private Domain domain(JsonNode node) {
    String type = required(node, "type").asText();
    if (type.equals("categorical")) {
      List<String> options = new ArrayList<>();
      required(node, "choices").forEach(choice -> options.add(choice.asText()));
      return new Choices(options);
    }
    return new Numbers(
        required(node, "low").asDouble(),
        required(node, "high").asDouble(),
        node.path("step").asDouble(0),
        node.path("log").asBoolean(),
        type.equals("int"));
  }

  /** Row {@code i} of a table of columns; a choice is written as its index. */
  private Point point(Space space, JsonNode columns, int i) {
    Map<String, Object> values = new LinkedHashMap<>();
    space
        .parameters()
        .forEach(
            (name, domain) ->
                values.put(name, domain.value(required(columns, name).path(i).asDouble())));
    return new Point(values);
  }

  private JsonNode required(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new UserException(file + ": an entry has no '" + key + "'");
    }
    return value;
  }
}
