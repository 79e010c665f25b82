package org.trimtab.run;

import java.nio.file.Path;
import org.trimtab.evaluate.score.DivergedException;
import org.trimtab.plan.Plan;

/** Runs plans with a fake workbench for tests of what is made from journals. */
public final class SampleRun {
  private SampleRun() {}

  /** Runs all cells, silently. */
  public static ResultFolder run(Plan plan, FakeWorkbench workbench, Path results) {
    Runner.run(
        plan,
        () -> workbench,
        results,
        RunOptions.all(SamplePlan.HERE),
        Progress.SILENT,
        new Interrupt());
    return ResultFolder.of(results, plan);
  }

  /** A workbench on which every cell of one factor diverges at some place. */
  public static FakeWorkbench diverging(
      FakeWorkbench workbench, double factor, int layer, int position, int item) {
    return workbench.beforeBatch(
        (cell, batch) -> {
          if (cell.settings().path("factor").asDouble() == factor) {
            throw new DivergedException(layer, position, item);
          }
        });
  }
}
