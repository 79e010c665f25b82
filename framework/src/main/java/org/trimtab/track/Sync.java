package org.trimtab.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.run.ResultFolder;

/** Sends results to MLflow that it lacks. */
public final class Sync {
  private Sync() {}

  /**
   * Sends one results folder, or all. If the server failed for one, the others are tried once.
   *
   * @param given results/NAME, or the folder of all results
   * @param environment holds MLflow's variables
   * @return the result per folder
   * @throws UserException when there are no results, or no server
   */
  public static List<SyncResult> send(
      Path given, Map<String, String> environment, SyncProgress progress, Timeouts timeouts) {
    List<ResultFolder> folders = folders(given);
    Path results = isResult(given) ? given.toAbsolutePath().getParent() : given;
    ServerAddress server =
        ServerAddress.find(environment, results == null ? given : results)
            .orElseThrow(
                () ->
                    new UserException(
                        "there is no MLflow server to send to: start one with ./run mlflow, or set"
                            + " MLFLOW_TRACKING_URI to the address of yours."));
    List<SyncResult> all = new ArrayList<>();
    Timeouts left = timeouts;
    for (ResultFolder folder : folders) {
      ReplayLoop replay = new ReplayLoop(folder, server, left, progress);
      replay.end();
      replay.run();
      all.add(replay.latest());
      left = replay.gaveUp() ? timeouts.atOnce() : timeouts;
    }
    return all;
  }

  private static boolean isResult(Path folder) {
    return Files.exists(new ResultFolder(folder).planFile());
  }

  private static List<ResultFolder> folders(Path given) {
    if (isResult(given)) {
      return List.of(new ResultFolder(given));
    }
    try (Stream<Path> inside = Files.list(given)) {
      List<ResultFolder> folders =
          inside.filter(Sync::isResult).sorted().map(ResultFolder::new).toList();
      if (!folders.isEmpty()) {
        return folders;
      }
    } catch (IOException e) {
      throw new UsageException(given + " cannot be read (" + e + ").", e);
    }
    throw new UsageException(
        given
            + " holds no results: name results/NAME, which has a plan.json, or the folder of all"
            + " results. './run SPEC.yaml' makes them.");
  }
}
