package org.trimtab.report.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.report.verify.Verification.ItemMetrics;
import org.trimtab.report.verify.Verification.Mismatch;
import org.trimtab.run.CellJournal;
import org.trimtab.run.ResultFolder;

/** Holds the metric lines of journals against their item lines. */
final class JournalCheck {
  /** Sums may be taken in another order than the one in which they were written. */
  private static final double ROUNDING = 1e-12;

  private final ResultFolder folder;
  private final ItemMetrics metrics;
  private final List<Mismatch> findings = new ArrayList<>();
  private int checked;

  JournalCheck(ResultFolder folder, ItemMetrics metrics) {
    this.folder = folder;
    this.metrics = metrics;
  }

  void run(Plan plan) {
    for (Cell cell : plan.cells()) {
      Optional<CellJournal> journal = folder.journal(cell);
      for (PlannedEvaluation planned : cell.evaluations()) {
        CellJournal.Evaluated evaluated =
            journal.map(known -> known.evaluated().get(planned.name())).orElse(null);
        if (journal.isPresent() && evaluated != null) {
          check(cell, planned, evaluated, journal.get().results(planned.name()));
        }
      }
    }
  }

  private void check(
      Cell cell,
      PlannedEvaluation planned,
      CellJournal.Evaluated evaluated,
      List<ItemResult> results) {
    if (evaluated.items() != results.size()) {
      String difference =
          "says " + evaluated.items() + " items, and has lines of " + results.size();
      findings.add(new Mismatch(file(cell), planned.name(), difference));
    }
    Map<String, Double> computed = metrics.of(planned, results);
    evaluated
        .metrics()
        .forEach(
            (name, value) -> {
              checked++;
              compare(cell, planned.metricPrefix() + "/" + name, value, computed.get(name));
            });
  }

  private void compare(Cell cell, String metric, double value, @Nullable Double again) {
    if (again == null) {
      String difference = "is " + value + ", and its items do not give it";
      findings.add(new Mismatch(file(cell), "metric " + metric, difference));
    } else if (Math.abs(value - again) > ROUNDING * (1 + Math.abs(again))) {
      findings.add(
          new Mismatch(
              file(cell),
              "metric " + metric,
              "is %s, and its items give %s (off by %s)".formatted(value, again, value - again)));
    }
  }

  private Path file(Cell cell) {
    return folder.cell(cell.id()).journal();
  }

  List<Mismatch> findings() {
    return findings;
  }

  int checked() {
    return checked;
  }
}
