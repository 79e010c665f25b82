package org.trimtab.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.trimtab.UserException;
import org.trimtab.io.Json;
import org.trimtab.method.tune.Choices;
import org.trimtab.method.tune.Domain;
import org.trimtab.method.tune.Numbers;
import org.trimtab.method.tune.ParzenEstimator;
import org.trimtab.method.tune.Point;
import org.trimtab.method.tune.Space;
import org.trimtab.method.tune.Split;
import org.trimtab.method.tune.Trial;
import org.trimtab.method.tune.Tuner;
import org.trimtab.method.tune.Tuner.Goal;
import org.trimtab.method.tune.TunerSettings;
import org.trimtab.plan.random.CounterRandom;

/**
 * Compares the tuner tpe with results of Optuna in a file: which trials of a history count as good,
 * the log densities of both estimators at given points, and the regret of seeded studies.
 */
public final class TpeCheck {
  private static final double LOG_DENSITY = 1e-9;
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
      reference = Json.MAPPER.readTree(file.toFile());
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
                        "%s: '%s' is not a known function; known: %s"
                            .formatted(
                                file, function, String.join(", ", TuningBenchmark.names()))));
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

  /**
   * A function to minimise whose optimum is known.
   *
   * @param name the beginning of its name in references
   * @param space its search space
   * @param regret its value above the optimum
   */
  record TuningBenchmark(String name, Space space, ToDoubleFunction<Point> regret) {
    private static final List<TuningBenchmark> ALL =
        List.of(
            new TuningBenchmark(
                "sphere3",
                space("x", "0.0..1.0", "y", "0.0..1.0", "z", "0.0..1.0"),
                at ->
                    square(at.number("x") - 0.1)
                        + square(at.number("y") - 0.4)
                        + square(at.number("z") - 0.7)),
            new TuningBenchmark(
                "branin",
                space("x", "-5.0..10.0", "y", "0.0..15.0"),
                at -> branin(at.number("x"), at.number("y"))),
            new TuningBenchmark(
                "mixed",
                space("lr", "1e-5..1e-1 log", "layer", "0..29 integer", "side", "one of out, in"),
                at ->
                    square(Math.log10(at.number("lr")) + 3)
                        + square(at.number("layer") - 18) / 100
                        + (at.choice("side").equals("in") ? 1 : 0)));

    static Optional<TuningBenchmark> named(String text) {
      return ALL.stream().filter(each -> text.startsWith(each.name)).findFirst();
    }

    static List<String> names() {
      return ALL.stream().map(TuningBenchmark::name).toList();
    }

    /** The median over seeds of the best regret that {@code tuner@trials} finds. */
    double medianRegret(String tunerAndBudget, int seeds) {
      String[] parts = tunerAndBudget.split("@", 2);
      TunerSettings settings =
          TunerSettings.of(
              TunerSettings.Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
              Integer.parseInt(parts[1]));
      double[] best = new double[seeds];
      for (int seed = 0; seed < seeds; seed++) {
        Tuner tuner = settings.tuner(space, Goal.MINIMISE, CounterRandom.of(seed, "self-test"));
        best[seed] =
            Tuner.run(tuner, List.of(), regret).stream()
                .mapToDouble(Trial::value)
                .min()
                .orElseThrow();
      }
      Arrays.sort(best);
      return (best[(seeds - 1) / 2] + best[seeds / 2]) / 2;
    }

    private static Space space(String... namesAndDomains) {
      Map<String, Domain> parameters = new LinkedHashMap<>();
      for (int i = 0; i < namesAndDomains.length; i += 2) {
        parameters.put(namesAndDomains[i], Domain.parse(namesAndDomains[i + 1]));
      }
      return new Space(parameters);
    }

    private static double branin(double x, double y) {
      double valley = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
      double wave = 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x);
      return valley * valley + wave + 10 - 0.397887;
    }

    private static double square(double value) {
      return value * value;
    }
  }
}
