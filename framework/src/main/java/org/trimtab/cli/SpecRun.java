package org.trimtab.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.trimtab.console.ProgressLine;
import org.trimtab.experiment.CellStatus;
import org.trimtab.experiment.Interrupt;
import org.trimtab.experiment.ResultFolder;
import org.trimtab.experiment.RunOutcome;
import org.trimtab.report.TableText;
import org.trimtab.session.Session;

/** Runs cells with a progress line, and prints the table. */
final class SpecRun {
  private final Host host;

  SpecRun(Host host) {
    this.host = host;
  }

  /** Returns the exit code. */
  int run(Session session, @Nullable String cells, Path results) {
    host.tell(
        session.plan().name() + " on " + session.spec().model() + " (" + session.device() + ")");
    Interrupt interrupt =
        Interrupt.onSignals(
            () -> host.tell("Interrupted: ending after this batch; Ctrl-C again ends at once."));
    RunOutcome outcome = session.run(cells, results, new ProgressLine(host.err()), interrupt);
    if (outcome.count(CellStatus.DONE) > 0) {
      host.print("\n" + TableText.of(session.table(results)));
      host.tell("Report: " + session.report(results).index());
    }
    host.tell("Results: " + ResultFolder.of(results, session.plan()).path());
    return outcome.exitCode();
  }
}
