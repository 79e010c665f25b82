package org.trimtab.report;

import java.util.List;
import java.util.Map;
import org.trimtab.run.ResultFolder;
import org.trimtab.spec.Report;

/**
 * The table of a spec, computed from its journals alone: one row a method and setting, with folds
 * and seeds merged unless rows tell them apart, against a reference row on the same items.
 *
 * @param name the spec's name
 * @param question what the table shows: its caption, or the question that the spec answers
 * @param against the method that rows are compared with
 * @param cells the number of cells in the plan
 * @param done the number of them that are done
 * @param learned what methods learned from, a text per method and training
 * @param factors the settings that tell rows apart, as columns
 * @param fixed the settings that are the same in all rows that have them
 * @param metrics what was measured, the main metrics first
 * @param rows the rows in plan order
 */
public record ResultTable(
    String name,
    String question,
    String against,
    int cells,
    int done,
    List<String> learned,
    List<String> factors,
    Map<String, String> fixed,
    List<TableMetric> metrics,
    List<TableRow> rows) {

  /**
   * Reads the journals that plan.json names and makes the table.
   *
   * @throws org.trimtab.UserException when nothing ran yet, a journal is damaged, or a column names
   *     nothing measured
   */
  public static ResultTable read(ResultFolder folder, Report.Table options) {
    return TableMaker.read(folder).table(options);
  }

  /** The main metrics, which are compared. */
  public List<TableMetric> mainMetrics() {
    return metrics.stream().filter(TableMetric::main).toList();
  }

  /** Whether any row has several seeds. */
  public boolean severalSeeds() {
    return rows.stream().anyMatch(row -> row.seeds() > 1);
  }
}
