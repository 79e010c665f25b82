package org.trimtab.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.trimtab.cli.terminal.ProgressLine;
import org.trimtab.cli.terminal.SyncLine;
import org.trimtab.report.folder.Reports;
import org.trimtab.report.paper.TableText;
import org.trimtab.run.CellStatus;
import org.trimtab.run.Interrupt;
import org.trimtab.run.LaterGrading;
import org.trimtab.run.Progress;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.RunOutcome;
import org.trimtab.run.session.Judging;
import org.trimtab.run.session.Session;
import org.trimtab.track.Timeouts;
import org.trimtab.track.Tracking;

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
    Judging.expenses(session.plan()).forEach(host::tell);
    session.warnings().forEach(warning -> host.tell("Warning: " + warning + "."));
    Interrupt interrupt = interrupt(host);
    ResultFolder folder = ResultFolder.of(results, session.plan());
    try (Tracking tracking =
        new Tracking(
            host.environment(), results, folder, new SyncLine(host.err()), Timeouts.OF_RUNS)) {
      Progress progress = new ProgressLine(host.err()).and(tracking);
      RunOutcome outcome = session.run(cells, results, progress, interrupt);
      if (outcome.count(CellStatus.DONE) > 0) {
        if (!session.plan().warning().isEmpty()) {
          host.print("\n" + session.plan().warning());
        }
        host.print("\n" + TableText.of(Reports.table(folder, session.spec())));
        host.tell("Report: " + Reports.write(folder, session.spec()).index());
      }
      LaterGrading.ungraded(folder).text(folder).ifPresent(host::tell);
      host.tell("Results: " + folder.path());
      tracking.end(interrupt::requested).forEach(host::tell);
      return outcome.exitCode();
    }
  }

  /** An interrupt by Ctrl-C, with a message. */
  static Interrupt interrupt(Host host) {
    return Interrupt.onSignals(
        () -> host.tell("Interrupted: stopping after this batch; Ctrl-C again stops at once."));
  }
}
