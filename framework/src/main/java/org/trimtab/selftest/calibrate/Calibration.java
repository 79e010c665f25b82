package org.trimtab.selftest.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.MultipleChoice;
import org.trimtab.io.Numbers;
import org.trimtab.model.LanguageModel;
import org.trimtab.report.Interval;
import org.trimtab.report.PairedDifference;
import org.trimtab.report.ResultTable;
import org.trimtab.report.TableRow;
import org.trimtab.selftest.calibrate.Calibration.Expectation.Effect;

/**
 * The conditions under which results on the embedded world are meaningful: room above and below the
 * unsteered scores, a truth that can be decoded from the model, methods that find their planted
 * effect and controls that do not.
 */
public final class Calibration {
  private static final String TRUTH = "world-truth/mc2";
  private static final String ANSWERED = "world-questions/overlap";
  private static final String TAUGHT = "taught/pass";

  /**
   * By experiment, a file of {@code experiments/}. Every method has an entry; a test compares the
   * list with the existing methods.
   */
  private static final Map<String, List<Expectation>> EXPECTATIONS =
      new TreeMap<>(
          Map.of(
              "quickstart",
              List.of(
                  // Unsteered attention writes the lean towards mistakes along the direction:
                  // removing or reversing it yields more truth, strengthening it less.
                  new Expectation("directional-edit", "-2.0", TRUTH, Effect.ABOVE),
                  new Expectation("directional-edit", "-1.0", TRUTH, Effect.ABOVE),
                  new Expectation("directional-edit", "1.0", TRUTH, Effect.BELOW),
                  new Expectation("random-direction", "", TRUTH, Effect.NOT_ABOVE),
                  new Expectation("shuffled-labels", "", TRUTH, Effect.NOT_ABOVE)),
              "world-adapter",
              List.of(
                  // Facts that are taught are learned; random tensors of this size teach nothing.
                  new Expectation("adapter", "", TAUGHT, Effect.ABOVE),
                  new Expectation("steering-vector", "", TAUGHT, Effect.ABOVE),
                  new Expectation("random-adapter", "", TAUGHT, Effect.NOT_ABOVE)),
              "world-deltas",
              List.of(
                  // Telling the truth is a register of the model: a vector that switches it on for
                  // some facts does so for others.
                  new Expectation("learned-delta", "", TRUTH, Effect.ABOVE),
                  new Expectation("mean-difference", "", TRUTH, Effect.ABOVE),
                  new Expectation("composed", "", TRUTH, Effect.ABOVE),
                  new Expectation("bias-tuning", "", TRUTH, Effect.ABOVE),
                  new Expectation("random-delta", "", TRUTH, Effect.NOT_ABOVE)),
              "world-fusion",
              List.of(
                  // Selecting among trials by the gold answer yields it more often, even when
                  // pulled elsewhere: what the control gains is not due to the reference.
                  new Expectation("fusion", "", ANSWERED, Effect.ABOVE),
                  new Expectation("other-reference", "", ANSWERED, Effect.ABOVE))));

  /** Multiple-choice scores of the unsteered model that leave room both ways. */
  private static final List<String> ROOM = List.of("world-truth/mc1", TRUTH);

  private static final double LEAST_ROOM = 0.25;
  private static final double MOST_ROOM = 0.6;
  private static final double DECODABLE = 0.9;

  private Calibration() {}

  /**
   * One condition.
   *
   * @param subject the method with its settings, or another quantity
   * @param expected the condition
   * @param found the measured value
   * @param holds whether the condition holds
   */
  public record Line(String subject, String expected, String found, boolean holds) {}

  /** The methods with expectations. */
  public static Set<String> methods() {
    return EXPECTATIONS.values().stream()
        .flatMap(List::stream)
        .map(Expectation::method)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The names of the experiments with expectations, in order. */
  public static List<String> experiments() {
    return List.copyOf(EXPECTATIONS.keySet());
  }

  /**
   * Whether truth can be decoded from the model on questions that the probe has not learned from.
   */
  public static Line decodable(LanguageModel model, List<MultipleChoice> items) {
    TruthProbe probe = TruthProbe.of(model, items);
    List<String> all =
        probe.accuracies().stream().map(each -> String.format(Locale.ROOT, "%.2f", each)).toList();
    return new Line(
        "linear probe of truth",
        "accuracy above " + DECODABLE,
        String.format(Locale.ROOT, "%.3f at hidden state %d", probe.accuracy(), probe.hiddenState())
            + " (1 and up: "
            + String.join(" ", all)
            + ")",
        probe.accuracy() > DECODABLE);
  }

  /** The conditions on the rows of a finished experiment. */
  public static List<Line> lines(String experiment, ResultTable table) {
    List<Line> lines = new ArrayList<>();
    for (TableRow row : table.rows()) {
      if (row.key().equals(table.against())) {
        ROOM.stream()
            .filter(row.values()::containsKey)
            .forEach(metric -> lines.add(room(row, metric)));
      }
    }
    for (Expectation expectation : EXPECTATIONS.getOrDefault(experiment, List.of())) {
      List<TableRow> rows =
          table.rows().stream().filter(row -> concerns(expectation, row)).toList();
      rows.forEach(row -> lines.add(line(expectation, row, table.factors())));
      if (rows.isEmpty()) {
        String subject = expectation.method() + " " + expectation.factor();
        lines.add(new Line(subject, "a row in the table", "none", false));
      }
    }
    return lines;
  }

  private static boolean concerns(Expectation expectation, TableRow row) {
    return row.method().equals(expectation.method())
        && (expectation.factor().isEmpty()
            || expectation.factor().equals(row.settings().get("factor")));
  }

  private static Line room(TableRow row, String metric) {
    TableRow.@Nullable Value value = row.values().get(metric);
    return new Line(
        row.method() + " " + metric,
        "within " + LEAST_ROOM + " to " + MOST_ROOM,
        value == null ? "not measured" : Numbers.value(value.mean()),
        value != null && value.mean() >= LEAST_ROOM && value.mean() <= MOST_ROOM);
  }

  private static Line line(Expectation expectation, TableRow row, List<String> factors) {
    StringBuilder subject = new StringBuilder(row.method());
    for (Map.Entry<String, String> setting : row.settings().entrySet()) {
      if (factors.contains(setting.getKey())) {
        subject.append(' ').append(setting.getKey()).append('=').append(setting.getValue());
      }
    }
    @Nullable PairedDifference comparison = row.differences().get(expectation.metric());
    String expected = expectation.metric() + " " + expectation.effect().words();
    if (comparison == null) {
      return new Line(subject.toString(), expected, "no comparison " + row.notes(), false);
    }
    String found =
        "%s points [%s, %s], n %d"
            .formatted(
                Numbers.points(comparison.value()),
                Numbers.points(comparison.interval().low()),
                Numbers.points(comparison.interval().high()),
                comparison.items());
    return new Line(
        subject.toString(), expected, found, expectation.effect().holds(comparison.interval()));
  }

  /**
   * The expected effect in a row of the calibration's table.
   *
   * @param method the method
   * @param factor its strength, as written in tables; empty for any
   * @param metric the metric in which its effect is planted, as prefix/name
   * @param effect where the paired interval must lie
   */
  record Expectation(String method, String factor, String metric, Effect effect) {
    /** Where the paired 95 % interval of the difference from the baseline lies. */
    enum Effect {
      /** Above 0: the planted effect is found. */
      ABOVE("above baseline"),
      /** Below 0: the planted effect is found, reversed. */
      BELOW("below baseline"),
      /** Not above 0: a control finds nothing. */
      NOT_ABOVE("not above baseline");

      private final String words;

      Effect(String words) {
        this.words = words;
      }

      String words() {
        return words;
      }

      /** Whether a comparison shows it. */
      boolean holds(Interval interval) {
        return switch (this) {
          case ABOVE -> interval.low() > 0;
          case BELOW -> interval.high() < 0;
          case NOT_ABOVE -> interval.low() <= 0;
        };
      }
    }
  }
}
