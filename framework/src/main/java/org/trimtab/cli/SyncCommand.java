package org.trimtab.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trimtab.cli.terminal.SyncLine;
import org.trimtab.track.Sync;
import org.trimtab.track.SyncResult;
import org.trimtab.track.Timeouts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sends results to MLflow. */
@Command(
    name = "sync",
    sortOptions = false,
    header = "Send results to MLflow that it does not have yet.",
    description = {
      "",
      "The server is the one that MLFLOW_TRACKING_URI names, else the one that './run mlflow'",
      "started. MLFLOW_TRACKING_USERNAME and _PASSWORD, or _TOKEN, are used as MLflow does.",
      "Sending twice changes nothing."
    },
    footer = {
      "",
      "Examples:",
      "  ./run sync tqa-sweep",
      "  ./run sync",
      "  MLFLOW_TRACKING_URI=https://mlflow.example.org ./run sync results"
    })
final class SyncCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(
      arity = "0..1",
      paramLabel = "RESULTS",
      description = "a name, results/NAME, or the folder of all results (default: results/)")
  private @Nullable Path results;

  SyncCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Path given = results == null ? host.results() : host.results(results);
    List<SyncResult> all =
        Sync.send(given, host.environment(), new SyncLine(host.err()), Timeouts.OF_SYNC);
    for (SyncResult result : all) {
      host.print(result.text());
      result.problems().forEach(reason -> host.tell(host.err().red(reason)));
    }
    if (all.stream().allMatch(SyncResult::complete)) {
      return 0;
    }
    host.tell(
        "Not everything is in MLflow. The same command sends what is missing, and nothing twice.");
    return Failures.FAILED;
  }
}
