package org.trimtab.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.Plugins;
import org.trimtab.Release;
import org.trimtab.ShortCommand;
import org.trimtab.model.kernel.Machine;

/**
 * The environment in which a cell ran. It is recorded but not part of the cell's identity, but a
 * cell that was begun on another engine or device is not continued: it starts again, so that no
 * cell mixes the arithmetic of two devices.
 *
 * @param java the Java runtime's version
 * @param os the operating system, its version and the processor architecture
 * @param engine the tensor engine and its version: {@code PyTorch 2.7.1}
 * @param device the model's device, with its precision if that matters: {@code cpu}, {@code gpu:0,
 *     float16}
 * @param gitCommit the commit that the program ran from, followed by {@code -dirty} when files
 *     differed from it; null when there is no git repository
 * @param javaVendor the vendor of the Java runtime
 * @param trimtab this program's version, which replaces the commit if there is no repository
 * @param tokenizers the version of the tokenizers library: it makes the token ids
 * @param machine hardware and native library: the last digits depend on them
 * @param plugins the jars of the plug-in folder: file name to SHA-256
 */
public record Environment(
    String java,
    String os,
    String engine,
    String device,
    @Nullable String gitCommit,
    String javaVendor,
    String trimtab,
    String tokenizers,
    Machine machine,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> plugins) {
  /** Copies the map; a journal without plug-ins has none. */
  public Environment {
    plugins =
        Collections.unmodifiableSortedMap(
            new TreeMap<>(Objects.requireNonNullElse(plugins, new TreeMap<>())));
  }

  /**
   * This Java runtime and operating system with a given engine and device.
   *
   * @param tokenizers the tokenizers library's version
   * @param repository a folder in the git repository whose commit is recorded, if it is in one
   */
  public static Environment here(
      String engine, String device, String tokenizers, Machine machine, Path repository) {
    return new Environment(
        System.getProperty("java.version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        engine,
        device,
        commit(repository),
        System.getProperty("java.vendor"),
        Release.version(),
        tokenizers,
        machine,
        Plugins.jars());
  }

  /**
   * Whether a cell may mix numbers computed in both environments, which requires the same plug-ins.
   * The processor and the number of threads may differ: they change only the last digits, and a
   * cell that moves within a cluster should not start again for that.
   */
  boolean computesLike(Environment other) {
    return engine.equals(other.engine)
        && device.equals(other.device)
        && plugins.equals(other.plugins);
  }

  private static @Nullable String commit(Path repository) {
    return ShortCommand.output(
            repository, "git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude", "*")
        .filter(answer -> answer.matches("[0-9a-f]{40}(-dirty)?"))
        .orElse(null);
  }
}
