package org.trimtab.io;

import ai.djl.util.Utils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

/**
 * A native library of the engine or the tokenizer: says why it cannot be loaded, and what to do.
 * DJL unpacks its libraries from jars into a cache folder and loads them from there.
 */
public enum NativeLibrary {
  /** libtorch. */
  PYTORCH("the PyTorch engine cannot start", "PYTORCH_LIBRARY_PATH", "torch"),
  /** The tokenizer of Hugging Face. */
  TOKENIZERS("the tokenizer's library cannot be loaded", "RUST_LIBRARY_PATH", "djl_tokenizer");

  private static final List<String> SELECTING =
      List.of(
          "PYTORCH_LIBRARY_PATH",
          "PYTORCH_VERSION",
          "PYTORCH_FLAVOR",
          "PYTORCH_PRECXX11",
          "RUST_LIBRARY_PATH");

  private final String failing;
  private final String variable;
  private final String library;

  NativeLibrary(String failing, String variable, String library) {
    this.failing = failing;
    this.variable = variable;
    this.library = System.mapLibraryName(library);
  }

  /**
   * Refuses a folder of a variable without the library, which DJL would pass over in silence.
   *
   * @throws UserException that names variable, folder and file
   */
  public void requireNamedFolder() {
    @Nullable String folder = Utils.getEnvOrSystemProperty(variable);
    if (folder != null && !folder.isBlank() && !Files.isRegularFile(Path.of(folder, library))) {
      throw new UserException(
          "%s: %s has no %s; name the folder that holds it, or unset %s"
              .formatted(variable, folder, library, variable));
    }
  }

  /** What loading ended in, with its reasons, the settings that matter, and advice. */
  public UserException failure(Throwable thrown) {
    Set<String> reasons = new LinkedHashSet<>();
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      @Nullable String message = cause.getMessage();
      reasons.add(
          message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
    }
    List<String> set = new ArrayList<>();
    for (String variable : SELECTING) {
      @Nullable String value = Utils.getEnvOrSystemProperty(variable);
      if (value != null && !value.isBlank()) {
        set.add(variable + "=" + value);
      }
    }
    Path cache = Utils.getEngineCacheDir();
    return new UserException(
        "%s: %s%n%sIts files are unpacked into %s (%s), which must be writable, have 1 GB free and not be mounted noexec; set ENGINE_CACHE_DIR to use another folder. If it is all that, delete the folder: what was unpacked may be incomplete. ./run doctor shows the machine."
            .formatted(
                failing,
                String.join(": ", reasons),
                set.isEmpty()
                    ? ""
                    : "With %s; without these variables the built-in library is loaded.%n"
                        .formatted(String.join(", ", set)),
                cache,
                state(cache)),
        thrown);
  }

  /** Whether a folder, or the nearest that exists above it, can be written, and its space. */
  private static String state(Path folder) {
    for (@Nullable Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at)) {
        return (Files.isWritable(at) ? "writable, " : "not writable, ")
            + at.toFile().getUsableSpace() / 1_000_000
            + " MB free";
      }
      if (Files.exists(at)) {
        return at + " is not a folder";
      }
    }
    return "missing";
  }
}
