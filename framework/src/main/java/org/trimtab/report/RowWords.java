package org.trimtab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trimtab.UsageException;
import org.trimtab.plan.Plan;

/** Finds a row of a table by words that stand in it: its method and its settings. */
public final class RowWords {
  private RowWords() {}

  /**
   * The index of the cell that is the row with some words.
   *
   * @param asked words such as {@code directional-edit factor=1.5}, in any order
   * @throws UsageException when no row or several have them, or the row is of several cells
   */
  public static int cell(String asked, Plan plan, ResultTable table) {
    List<String> words = Arrays.stream(asked.strip().split("\\s+")).map(RowWords::word).toList();
    List<TableRow> rows =
        table.rows().stream().filter(each -> label(each, table).containsAll(words)).toList();
    List<String> cells = rows.stream().flatMap(each -> each.cells().stream()).toList();
    List<Integer> indices =
        plan.cells().stream()
            .filter(each -> cells.contains(each.id()))
            .map(each -> each.index())
            .toList();
    if (indices.size() == 1) {
      return indices.get(0);
    }
    throw new UsageException(
        "--row \"%s\": ".formatted(asked)
            + (rows.isEmpty()
                ? "no row has these words; rows are "
                    + String.join(
                        " | ",
                        table.rows().stream()
                            .map(each -> String.join(" ", shown(each, table)))
                            .toList())
                : (rows.size() == 1
                        ? "the row is of several cells (folds or seeds)"
                        : "several rows")
                    + "; name one by --cell: "
                    + String.join(", ", indices.stream().map(String::valueOf).toList())));
  }

  private static List<String> shown(TableRow row, ResultTable table) {
    List<String> words = new ArrayList<>(List.of(row.key()));
    table
        .factors()
        .forEach(
            factor -> {
              String value = row.settings().get(factor);
              if (value != null) {
                words.add(factor.substring(factor.lastIndexOf('.') + 1) + "=" + value);
              }
            });
    return words;
  }

  /** The words of a row: its method, and each setting with and without its name. */
  private static List<String> label(TableRow row, ResultTable table) {
    List<String> words = new ArrayList<>();
    for (String word : shown(row, table)) {
      words.add(word(word));
      words.add(word(word.substring(word.indexOf('=') + 1)));
    }
    return words;
  }

  /** A word in which 1 and 1.0 are the same. */
  private static String word(String text) {
    return text.replaceFirst("(?<=\\d)\\.0+$", "");
  }
}
