package org.trimtab.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.cli.terminal.SyncLine;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.track.LocalMlflow;
import org.trimtab.track.Sync;
import org.trimtab.track.Timeouts;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the MLflow server of the results. */
@Command(
    name = "mlflow",
    sortOptions = false,
    header = "Show results in MLflow: starts its server, and installs it at first use.",
    description = {
      "",
      "The server listens on this machine only and keeps everything in results/mlflow. It runs",
      "until Ctrl-C. MLflow is installed in a separate environment in the cache folder (850 MB);",
      "TRIMTAB_MLFLOW=.../bin/mlflow uses an existing one."
    },
    footer = {
      "",
      "Examples:",
      "  ./run mlflow",
      "  ./run mlflow --port 8080",
      "  ./run mlflow --stop"
    })
final class MlflowCommand implements Callable<Integer> {
  private final Host host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "the port, or the next free one (default: ${DEFAULT-VALUE})")
  private int port = 5000;

  @Mixin private ResultsOption results = new ResultsOption();

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Instead instead = new Instead();

  /** Alternatives to starting a server. */
  private static final class Instead {
    @Option(names = "--stop", description = "stop the server of these results")
    private boolean stop;

    @Option(
        names = "--install",
        description = "install MLflow if it is missing, and print the path of its program")
    private boolean install;
  }

  MlflowCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    if (port < 1 || port > 65_535) {
      throw new UsageException("--port is " + port + ", and must be between 1 and 65535");
    }
    Path folder = results.of(host);
    LocalMlflow mlflow =
        new LocalMlflow(folder, host.environment(), host.sources(), new TransferLine(host.err()));
    if (instead.install) {
      host.print(mlflow.install().toString());
    } else if (instead.stop) {
      mlflow.stop();
    } else {
      mlflow.serve(port, server -> announce(server, folder));
    }
    return 0;
  }

  /** Prints the address, and sends what this server does not have yet. */
  private void announce(URI server, Path folder) {
    host.print("MLflow: " + server + " (open it in a browser)");
    try {
      // Without the variables of the environment: they may name another server.
      Sync.send(folder, Map.of(), new SyncLine(host.err()), Timeouts.OF_SYNC)
          .forEach(synced -> host.print(synced.text()));
    } catch (UserException e) {
      host.tell("Nothing was sent: " + e.getMessage());
    }
    host.tell("Results are sent during runs. Ctrl-C stops the server; everything is kept.");
  }
}
