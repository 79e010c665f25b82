package org.trimtab.cli;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.plan.Plan;
import org.trimtab.report.ResultTable;
import org.trimtab.report.RowWords;
import picocli.CommandLine.Option;

/** The options {@code --cell} and {@code --row}, which name a cell of results. */
final class CellOption {
  @Option(names = "--cell", paramLabel = "INDEX", description = "the cell's index in the plan")
  private @Nullable Integer cell;

  @Option(
      names = "--row",
      paramLabel = "WORDS",
      description = "the row of the table with these words, if it is of one cell")
  private @Nullable String row;

  /**
   * The index of the cell.
   *
   * @throws UsageException when none is named, or not exactly one
   */
  int index(Plan plan, ResultTable table) {
    return index(plan, () -> table);
  }

  /** The same for a table that is read only if it is needed. */
  int index(Plan plan, Supplier<ResultTable> table) {
    if ((cell == null) == (row == null)) {
      throw new UsageException("name a cell, by either --cell INDEX or --row WORDS");
    }
    return cell == null ? RowWords.cell(String.valueOf(row), plan, table.get()) : cell;
  }
}
