package org.trimtab.report.folder;

import java.nio.file.Path;
import java.util.List;
import org.trimtab.run.FakeWorkbench;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.SamplePlan;
import org.trimtab.run.SampleRun;
import org.trimtab.spec.Report;

/** A sweep with controls, one cell of which diverges, and its report. */
public final class SampleReport {
  private SampleReport() {}

  /** Runs the sweep. */
  public static ResultFolder run(Path results) {
    SamplePlan plan = SamplePlan.ofItems(40).baseline(0);
    for (String layers : List.of("5-29", "15-29", "22-29")) {
      for (double factor : new double[] {-1.0, 0.0, 0.5, 1.5, 3.0}) {
        plan.edit(layers, factor, 0);
      }
    }
    plan.leakyEdit("5-29", 1.5).control("random-direction", "5-29", 1.5);
    plan.control("shuffled-labels", "5-29", 1.5);
    FakeWorkbench workbench = SampleRun.diverging(new FakeWorkbench(40, 4), 3.0, 7, 31, 12);
    return SampleRun.run(plan.plan(), workbench, results);
  }

  /** The default table, one more of a single metric, and all figures. */
  public static Report report() {
    Report.Table folds =
        new Report.Table(
            "folds",
            List.of("method", "layers", "factor", "fold", "seed"),
            List.of("truthfulqa/mc3"),
            null,
            null,
            "Folds & seeds of 100 % {apart}");
    return new Report(Report.Table.standard(), List.of(folds), null);
  }

  /** Runs the sweep and writes its report. */
  public static ResultFolder write(Path results) {
    ResultFolder folder = run(results);
    ReportWriter.write(folder, "tiny_model", report());
    return folder;
  }
}
