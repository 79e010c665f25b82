package org.trimtab.run;

import java.nio.file.Path;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;

/**
 * A process of its own that runs the sample sweep: arguments are results folder and pause in ms.
 */
public final class KilledRun {
  private KilledRun() {}

  public static void main(String[] arguments) {
    long pause = Long.parseLong(arguments[1]);
    Plan plan = SamplePlan.sweep(40);
    Interrupt interrupt = Interrupt.onSignals(() -> System.out.println("stopping"));
    FakeWorkbench workbench =
        new FakeWorkbench(40, 4)
            .beforeBatch(
                (cell, batch) -> {
                  try {
                    Thread.sleep(pause);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    RunOutcome outcome =
        Runner.run(
            plan,
            () -> workbench,
            Path.of(arguments[0]),
            RunOptions.all(SamplePlan.HERE),
            new Progress() {
              @Override
              public void cellStarted(Cell cell) {
                System.out.println("cell");
              }

              @Override
              public void batchScored(
                  Cell cell, String evaluation, int batch, int batches, long tokens) {
                System.out.println("batch");
              }
            },
            interrupt);
    System.out.println("exit " + outcome.exitCode());
    Runtime.getRuntime().halt(outcome.exitCode());
  }
}
