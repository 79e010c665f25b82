package org.trimtab.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellStatus;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.session.Results;
import org.trimtab.run.session.Selection;
import org.trimtab.run.session.Session;
import org.trimtab.spec.yaml.Spelling;

/**
 * An experiment, which may have run or not.
 *
 * @param session its spec, prepared
 * @param folder where its results are or would be
 */
public record Experiment(Session session, ResultFolder folder) {
  /**
   * Finds an experiment and prepares its spec.
   *
   * @param named a spec's file, a folder of results or a name of one, or the name of a shipped spec
   * @param results the folder of all results
   * @param specs the folder of shipped specs
   * @param data a folder of data sets, searched first
   * @param open prepares a spec
   * @throws UserException when there is none, or its items are not selected yet
   */
  public static Experiment open(
      String named,
      Path results,
      Path specs,
      Optional<Path> data,
      Function<Session.Request, Session> open) {
    Optional<Path> spec = spec(named, results, specs);
    if (spec.isEmpty()) {
      ResultFolder folder = Results.find(named, results).folder();
      return new Experiment(open.apply(Session.Request.again(folder, List.of(), data)), folder);
    }
    Session session =
        open.apply(new Session.Request(spec.get(), List.of(), OptionalInt.empty(), data));
    Session chosen = Selection.planned(session, open, results);
    if (!chosen.spec().name().equals(session.spec().name())) {
      throw new UserException(
          session.spec().name()
              + ": its items are selected by a run of the baseline, which has not ended; run the"
              + " spec first");
    }
    return new Experiment(chosen, chosen.folder(results));
  }

  /** The spec that is named, if it is no results that are. */
  private static Optional<Path> spec(String named, Path results, Path specs) {
    if (named.matches("(?s).*\\.ya?ml")) {
      return Optional.of(Path.of(named));
    }
    if (Files.exists(Path.of(named))
        || Files.exists(new ResultFolder(results.resolve(named)).planFile())) {
      return Optional.empty();
    }
    Path shipped = specs.resolve(named + ".yaml");
    if (!Files.isRegularFile(shipped)) {
      List<String> names = names(specs);
      throw new UsageException(
          "there are no results in "
              + results.resolve(named)
              + ", and no spec "
              + shipped
              + Spelling.suggestion(named, names, "; specs are " + String.join(", ", names)));
    }
    return Optional.of(shipped);
  }

  private static List<String> names(Path specs) {
    try (Stream<Path> files = Files.list(specs)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // a folder without specs of ours
    }
  }

  /** What has to be known of a cell's fit before it is made. */
  public String fit(Cell cell) {
    boolean done =
        folder.summary(cell).filter(known -> known.status() == CellStatus.DONE).isPresent();
    return "cell %d, %s: %s"
        .formatted(
            cell.index(),
            cell.label(),
            done
                ? "its method is fitted again, as it was in " + folder.path()
                : "has not run; its method is fitted now");
  }
}
