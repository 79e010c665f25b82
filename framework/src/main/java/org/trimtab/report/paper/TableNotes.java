package org.trimtab.report.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.trimtab.io.Numbers;
import org.trimtab.report.OverSplits;
import org.trimtab.report.PairedDifference;
import org.trimtab.report.PairedDifference.Test;
import org.trimtab.report.ResultTable;
import org.trimtab.report.TableMetric;
import org.trimtab.report.TableRow;

/** What a reader must know to read a table; each note is a sentence or a few. */
public final class TableNotes {
  private static final double LEVEL = 0.05;

  private final ResultTable table;
  private final boolean marked;
  private final List<PairedDifference> differences;
  private final List<Test> tests;

  private TableNotes(ResultTable table, boolean marked) {
    this.table = table;
    this.marked = marked;
    this.differences =
        table.rows().stream().flatMap(row -> row.differences().values().stream()).toList();
    this.tests = table.rows().stream().flatMap(row -> row.tests().stream()).toList();
  }

  /**
   * The notes under a table.
   *
   * @param marked whether the table shows stars for small p and the best values in bold
   */
  public static List<String> of(ResultTable table, boolean marked) {
    TableNotes notes = new TableNotes(table, marked);
    List<String> all = new ArrayList<>();
    all.add(
        table.cells() == 1
            ? (table.done() == 1 ? "The cell is done." : "The cell is not done.")
            : table.done() + " of " + table.cells() + " cells done.");
    all.add(
        table.learned().isEmpty()
            ? "Nothing was learned from data."
            : "Learned from: " + String.join("; ", table.learned()) + ".");
    all.addAll(notes.differences.isEmpty() ? notes.uncompared() : notes.compared());
    all.addAll(notes.splits());
    all.addAll(notes.perplexity());
    if (table.severalSeeds()) {
      all.add(
          "Values are means +- sample standard deviations over seeds, whose number is the column"
              + " seeds; comparisons are of item scores averaged over seeds.");
    }
    if (!table.fixed().isEmpty()) {
      all.add(
          "The same in all rows that have them: "
              + table.fixed().entrySet().stream()
                  .map(entry -> entry.getKey() + "=" + entry.getValue())
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return all;
  }

  /** Why nothing is compared; nothing where there is but the reference. */
  private List<String> uncompared() {
    List<TableRow> others = new ArrayList<>(table.rows());
    List<TableRow> references =
        others.stream().filter(row -> row.key().equals(table.against())).toList();
    others.removeAll(references);
    String reference = "'" + table.against() + "'";
    if (references.isEmpty()) {
      return List.of("No comparison: the table has no row of " + reference + ".");
    } else if (others.isEmpty()) {
      return List.of();
    } else if (references.stream().allMatch(row -> row.values().isEmpty())) {
      return List.of("No comparison: the row of " + reference + " has no values.");
    } else if (others.stream().allMatch(row -> row.values().isEmpty())) {
      return List.of("No comparison: no row but that of " + reference + " has values.");
    } else if (table.mainMetrics().stream().noneMatch(m -> m.compared() || m.perplexity())) {
      return List.of("No comparison: no main metric is a mean over items or a perplexity.");
    }
    return List.of(
        "No comparison: no row has a main metric on items that " + reference + " scored.");
  }

  private List<String> compared() {
    List<PairedDifference> tested =
        differences.stream().filter(difference -> difference.test() != null).toList();
    List<String> notes = new ArrayList<>();
    notes.add(
        "Differences from %s are on the items that both rows scored (".formatted(table.against())
            + range(
                tested.isEmpty() ? differences : tested, PairedDifference::items, Object::toString)
            + "), in points where the metric is in percent; in brackets their 95 % interval (paired"
            + " bootstrap over items, 10,000 resamples, percentiles).");
    if (!tests.isEmpty()) {
      tests(notes);
    }
    return notes;
  }

  private void tests(List<String> notes) {
    long significant = tests.stream().filter(test -> test.adjusted() < LEVEL).count();
    notes.add(
        (significant == 0
                ? ("No difference is significant: none of the %s comparisons has a corrected p"
                        + " below 0.05.")
                    .formatted(tests.size())
                : "%s of %s comparisons are significant (corrected p below 0.05)."
                    .formatted(significant, tests.size()))
            + " Two-sided p by "
            + tests.stream()
                .map(Test::name)
                .distinct()
                .map(TableNotes::test)
                .collect(Collectors.joining(", else "))
            + ", corrected for the "
            + tests.size()
            + " comparisons of this table (Holm)"
            + (marked ? "; * below 0.05, ** below 0.01, *** below 0.001." : "."));
    String detectable = detectable();
    if (!detectable.isEmpty()) {
      notes.add("Smallest difference that these items show with 80 % power: " + detectable + ".");
    }
    long candidates = table.rows().stream().filter(row -> !row.tests().isEmpty()).count();
    if (candidates > 1) {
      notes.add(
          ("To report the best of these %s rows by its own score is optimistic: it was"
                  + " chosen on the items that it is scored on.%s")
              .formatted(candidates, marked ? best() : ""));
    }
  }

  private String best() {
    return " The best value of a column is bold where all rows have as many items"
        + (table.rows().stream().anyMatch(TableRow::leaky) ? "; leaky rows do not compete." : ".");
  }

  private static String test(String name) {
    return name.equals("McNemar") ? "McNemar's exact test for 0/1 scores" : name + " permutation";
  }

  private String detectable() {
    List<String> parts = new ArrayList<>();
    for (TableMetric metric : table.mainMetrics()) {
      List<Double> own =
          table.rows().stream()
              .flatMap(row -> row.test(metric.name()).stream())
              .flatMap(test -> Optional.ofNullable(test.detectable()).stream())
              .toList();
      if (!own.isEmpty()) {
        Function<Double, String> show = metric.share() ? Numbers::percent : Numbers::value;
        parts.add(
            PaperTables.header(table, metric)
                + " "
                + range(own, Function.identity(), show)
                + (metric.share() ? " points" : ""));
      }
    }
    return String.join(", ", parts);
  }

  private static <C, T extends Comparable<T>> String range(
      List<C> values, Function<C, T> of, Function<T, String> show) {
    List<T> sorted = values.stream().map(of).sorted().toList();
    String low = show.apply(sorted.get(0));
    String high = show.apply(sorted.get(sorted.size() - 1));
    return low.equals(high) ? low : low + " to " + high;
  }

  /** What follows from random splits and what does not. */
  private List<String> splits() {
    List<OverSplits> all =
        table.rows().stream().flatMap(row -> row.splits().values().stream()).toList();
    List<OverSplits.Pooled> pooled =
        all.stream().flatMap(each -> Optional.ofNullable(each.pooled()).stream()).toList();
    if (all.isEmpty()) {
      return List.of();
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        ("Over splits: the mean of the splits' values, each split counting once, with the"
                + " population and the sample standard deviation over %s splits. In the table every"
                + " item counts once, with its mean over the splits that scored it.")
            .formatted(range(all, OverSplits::splits, Object::toString)));
    List<OverSplits.Pooled> repeated =
        pooled.stream().filter(each -> each.items() > each.distinct()).toList();
    if (!repeated.isEmpty()) {
      notes.add(
          "Fisher's exact test, two-sided and not corrected, takes the pooled passes of all splits"
              + " for independent, as published comparisons do. They are not: "
              + range(repeated, OverSplits.Pooled::distinct, Object::toString)
              + " items stand for "
              + range(repeated, OverSplits.Pooled::items, Object::toString)
              + ", the same item counts in several splits, and the reference answers it alike in all"
              + " of them. A small p of Fisher's is therefore no evidence by itself; the paired tests"
              + " over items above are. Neither says how other items or other training items would"
              + " do: the splits share both.");
    }
    return notes;
  }

  private List<String> perplexity() {
    boolean shown = table.metrics().stream().anyMatch(TableMetric::perplexity);
    boolean compared =
        table.rows().stream()
            .flatMap(row -> row.differences().values().stream())
            .anyMatch(difference -> difference.test() == null);
    return shown
        ? List.of(
            "Perplexity over folds is exp of the mean log-perplexity"
                + (compared
                    ? "; its interval is a paired bootstrap over windows of text, and it is a cost"
                        + " that is not tested."
                    : "."))
        : List.of();
  }
}
