package org.trimtab.run.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.trimtab.io.Numbers;
import org.trimtab.io.TextTable;

/**
 * Cells that were run again, compared with the original.
 *
 * @param cells in the order of the plan; only those that ended before an interrupt
 * @param interrupted whether the user interrupted the run
 */
public record Comparison(List<CellComparison> cells, boolean interrupted) {
  /** Copies the list. */
  public Comparison {
    cells = List.copyOf(cells);
  }

  /** Whether all cells were run, and none deviates by more than a tolerance. */
  public boolean within(double tolerance) {
    return !interrupted && cells.stream().allMatch(cell -> cell.within(tolerance));
  }

  /** As text: one line per evaluation, the values beyond the tolerance, and a verdict. */
  public String text(double tolerance) {
    StringBuilder text = new StringBuilder(table(tolerance));
    List<CellComparison> beyond = cells.stream().filter(cell -> !cell.within(tolerance)).toList();
    for (CellComparison cell : beyond) {
      text.append("cell ").append(cell.cell().index()).append(", ").append(cell.cell().label());
      text.append(":\n");
      if (cell.was() != cell.is()) {
        text.append("  was %s, is %s\n".formatted(cell.was().word(), cell.is().word()));
      }
      for (EvaluationComparison evaluation : cell.evaluations()) {
        evaluation.largest().stream()
            .filter(deviation -> deviation.size() > tolerance)
            .forEach(
                deviation ->
                    text.append("  %s %s\n".formatted(evaluation.evaluation(), deviation.text())));
      }
    }
    return text.append(verdict(beyond.size(), tolerance)).append('\n').toString();
  }

  private String table(double tolerance) {
    Map<String, List<EvaluationComparison>> byEvaluator =
        cells.stream()
            .flatMap(cell -> cell.evaluations().stream())
            .collect(
                Collectors.groupingBy(
                    EvaluationComparison::evaluation, TreeMap::new, Collectors.toList()));
    TextTable table =
        new TextTable("evaluation", "cells", "items", "values", "differ", "by at most", "result");
    byEvaluator.forEach(
        (evaluation, compared) -> {
          double size = compared.stream().mapToDouble(EvaluationComparison::size).max().orElse(0);
          List<String> row = new ArrayList<>(List.of(evaluation, Numbers.count(compared.size())));
          row.add(Numbers.count(sum(compared, EvaluationComparison::items)));
          row.add(Numbers.count(sum(compared, EvaluationComparison::values)));
          long differing = sum(compared, EvaluationComparison::differing);
          row.add(Numbers.count(differing));
          row.add(String.format(Locale.ROOT, "%.1e", size));
          row.add(differing == 0 ? "equal" : size <= tolerance ? "within tolerance" : "BEYOND");
          table.row(row);
        });
    return byEvaluator.isEmpty() ? "" : table.text();
  }

  private static long sum(
      List<EvaluationComparison> compared, ToLongFunction<EvaluationComparison> count) {
    return compared.stream().mapToLong(count).sum();
  }

  private String verdict(int beyond, double tolerance) {
    int count = cells.size();
    if (beyond > 0) {
      return "NOT reproduced: %d of %d cells differ by more than %.0e."
          .formatted(beyond, count, tolerance);
    }
    String so = interrupted ? "So far reproduced" : "Reproduced";
    return cells.stream().allMatch(CellComparison::equal)
        ? "%s: %d cells equal the original bit for bit.".formatted(so, count)
        : "%s: %d cells, no value differs by more than %.0e (relative above 1)."
            .formatted(so, count, tolerance);
  }
}
