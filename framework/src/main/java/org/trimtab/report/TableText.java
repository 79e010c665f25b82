package org.trimtab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.Numbers;

/** A result table as plain text for a terminal, 100 columns wide. */
public final class TableText {
  private static final int WIDTH = 100;

  private final ResultTable table;
  private final Map<String, String> notes = new LinkedHashMap<>();

  private TableText(ResultTable table) {
    this.table = table;
    for (TableRow row : table.rows()) {
      for (String note : row.notes()) {
        notes.putIfAbsent(note, mark(notes.size()));
      }
    }
  }

  /** The table with what a reader must know to read it. */
  public static String of(ResultTable table) {
    return new TableText(table).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    paragraph(text, table.name() + ": " + table.question());
    text.append('\n').append(main());
    paragraph(text, legend());
    notes.forEach((note, mark) -> paragraph(text, "[" + mark + "] " + note));
    if (!tested().isEmpty()) {
      text.append('\n').append(tests());
      paragraph(text, testLegend());
    }
    List<TableMetric> further = table.metrics().stream().filter(metric -> !metric.main()).toList();
    if (!further.isEmpty()) {
      text.append('\n').append(further(further));
    }
    if (!table.fixed().isEmpty()) {
      String fixed =
          table.fixed().entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue())
              .collect(Collectors.joining(", "));
      text.append('\n');
      paragraph(text, "Settings that do not vary: " + fixed);
    }
    return text.toString();
  }

  private String main() {
    AlignedText text = labelled();
    text.leading(false, column("n", row -> row.items() == 0 ? "-" : "" + row.items()));
    for (TableMetric metric : table.metrics()) {
      if (metric.main()) {
        List<List<String>> group = new ArrayList<>();
        group.add(column(header(metric), row -> value(metric, row)));
        if (tested().contains(metric)) {
          group.add(column("vs " + table.against(), row -> difference(metric, row)));
        }
        text.group(group);
      }
    }
    return text.render(WIDTH);
  }

  private String tests() {
    AlignedText text = labelled();
    for (TableMetric metric : tested()) {
      BiFunction<String, Function<Comparison, String>, List<String>> of =
          (header, show) ->
              column(
                  header,
                  row -> {
                    Comparison comparison = row.comparisons().get(metric.name());
                    return comparison == null ? "-" : show.apply(comparison);
                  });
      text.group(
          List.of(
              of.apply(header(metric) + " p", comparison -> Numbers.p(comparison.p())),
              of.apply("Holm", comparison -> Numbers.p(comparison.adjusted())),
              of.apply(
                  "detectable",
                  comparison ->
                      metric.share()
                          ? Numbers.percent(comparison.detectable())
                          : Numbers.value(comparison.detectable()))));
    }
    return text.render(WIDTH);
  }

  private String further(List<TableMetric> metrics) {
    AlignedText text = labelled();
    for (TableMetric metric : metrics) {
      text.group(List.of(column(metric.name(), row -> value(metric, row))));
    }
    return text.render(WIDTH);
  }

  /** The columns that name a row. */
  private AlignedText labelled() {
    AlignedText text = new AlignedText();
    text.leading(true, column("method", row -> row.key() + marks(row)));
    for (String factor : table.factors()) {
      text.leading(
          false,
          column(
              factor.substring(factor.lastIndexOf('.') + 1),
              row -> row.settings().getOrDefault(factor, "-")));
    }
    return text;
  }

  private List<String> column(String header, Function<TableRow, String> cell) {
    List<String> cells = new ArrayList<>(List.of(header));
    table.rows().forEach(row -> cells.add(cell.apply(row)));
    return cells;
  }

  private String header(TableMetric metric) {
    long sameName =
        table.metrics().stream()
            .filter(other -> other.main() && other.shortName().equals(metric.shortName()))
            .count();
    return sameName > 1 ? metric.name() : metric.shortName();
  }

  private List<TableMetric> tested() {
    return table.metrics().stream()
        .filter(
            metric ->
                table.rows().stream().anyMatch(row -> row.comparisons().containsKey(metric.name())))
        .toList();
  }

  private static String value(TableMetric metric, TableRow row) {
    TableRow.@Nullable Value value = row.values().get(metric.name());
    if (value == null) {
      return "-";
    }
    Function<Double, String> show = metric.share() ? Numbers::percent : Numbers::value;
    Double deviation = value.deviation();
    return show.apply(value.mean()) + (deviation == null ? "" : " +- " + show.apply(deviation));
  }

  private static String difference(TableMetric metric, TableRow row) {
    Comparison comparison = row.comparisons().get(metric.name());
    if (comparison == null) {
      return "-";
    }
    Function<Double, String> show = metric.share() ? Numbers::points : Numbers::signed;
    Interval interval = comparison.interval();
    return show.apply(comparison.difference())
        + " ["
        + show.apply(interval.low())
        + ","
        + show.apply(interval.high())
        + "]";
  }

  private String marks(TableRow row) {
    return row.notes().isEmpty()
        ? ""
        : row.notes().stream().map(notes::get).collect(Collectors.joining(",", " [", "]"));
  }

  private static String mark(int index) {
    return index < 26 ? Character.toString('a' + index) : Integer.toString(index + 1);
  }

  private String legend() {
    List<String> lines = new ArrayList<>();
    lines.add(table.done() + " of " + table.cells() + " cells done.");
    String percent =
        table.metrics().stream()
            .filter(TableMetric::share)
            .map(this::header)
            .collect(Collectors.joining(", "));
    if (!percent.isEmpty()) {
      lines.add("In percent, differences in points: " + percent + ".");
    }
    if (!tested().isEmpty()) {
      lines.add("Differences on the items that both rows scored, in brackets their 95 % interval");
      lines.add("(paired bootstrap over items, 10,000 resamples).");
    } else {
      lines.add("No comparison: no row of method '" + table.against() + "' has values.");
    }
    if (table.rows().stream().anyMatch(row -> row.seeds() > 1)) {
      lines.add("Several seeds: mean +- sample standard deviation over seeds.");
    }
    if (table.metrics().stream().anyMatch(TableMetric::perplexity)) {
      lines.add("Perplexity over folds: exp of the mean log-perplexity.");
    }
    return String.join(" ", lines);
  }

  private String testLegend() {
    int comparisons = table.rows().stream().mapToInt(row -> row.comparisons().size()).sum();
    String tests =
        table.rows().stream()
            .flatMap(row -> row.comparisons().values().stream())
            .map(Comparison::test)
            .distinct()
            .map(test -> test.equals("McNemar") ? "McNemar (exact) for 0/1 scores" : test)
            .collect(Collectors.joining(", else "));
    return "p: two-sided, "
        + tests
        + "; Holm: corrected for the "
        + comparisons
        + " comparisons of this table; detectable: smallest difference that this many items show"
        + " with 80 % power. To report the best row's own score is optimistic: it was chosen on the"
        + " items that it is scored on.";
  }

  private static void paragraph(StringBuilder text, String words) {
    int column = 0;
    for (String word : words.strip().split("\\s+")) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n');
        column = 0;
      }
      text.append(column > 0 ? " " : "").append(word);
      column += (column > 0 ? 1 : 0) + word.length();
    }
    text.append('\n');
  }
}
