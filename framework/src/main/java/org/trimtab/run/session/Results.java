package org.trimtab.run.session;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.run.ResultFolder;
import org.trimtab.spec.Spec;
import org.trimtab.spec.bind.SpecReader;

/**
 * Results that ran earlier, and the spec that says what to report of them. Neither model nor data
 * are needed.
 *
 * @param folder results/NAME
 * @param spec the spec that was named, else the one that ran
 */
public record Results(ResultFolder folder, Spec spec) {
  /**
   * Finds results.
   *
   * @param named a folder results/NAME or one in it, a spec's file, or a spec's name
   * @param results the folder of all results
   * @throws UsageException when there are none
   * @throws org.trimtab.spec.yaml.SpecProblems when the spec is wrong
   */
  public static Results find(String named, Path results) {
    Path path = Path.of(named);
    if (Files.isRegularFile(path) && named.matches(".*\\.ya?ml")) {
      Spec spec = read(path);
      return new Results(existing(results.resolve(spec.name()), results), spec);
    }
    ResultFolder folder =
        Files.exists(path) ? around(path, results) : existing(results.resolve(named), results);
    return new Results(folder, read(folder.path().resolve("spec.yaml")));
  }

  /**
   * The result folder that a path is, or lies in.
   *
   * @throws UsageException when there is none
   */
  public static ResultFolder around(Path path, Path results) {
    for (Path at = path.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.exists(new ResultFolder(at).planFile())) {
        return new ResultFolder(at);
      }
    }
    return existing(path, results);
  }

  private static ResultFolder existing(Path folder, Path results) {
    ResultFolder found = new ResultFolder(folder);
    if (!Files.exists(found.planFile())) {
      List<String> names = names(results);
      throw new UsageException(
          "no results in %s (no plan.json): run the spec first, or name one of ".formatted(folder)
              + (names.isEmpty() ? "none that are in " + results : String.join(", ", names)));
    }
    return found;
  }

  private static List<String> names(Path results) {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(results)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(results)) {
        for (Path folder : folders) {
          if (Files.exists(new ResultFolder(folder).planFile())) {
            names.add(String.valueOf(folder.getFileName()));
          }
        }
      } catch (IOException e) {
        throw new UserException("cannot read the folder " + results + " (" + e + ")", e);
      }
    }
    names.sort(null);
    return names;
  }

  /** Names of data sets are not checked: they were when the spec ran. */
  private static Spec read(Path file) {
    return new SpecReader(Session.registry(Optional.empty())).read(file, List.of());
  }
}
