package org.trimtab.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.trimtab.run.ResultFolder;

/** Copies of results, for tests that change them. */
final class CopiedFolder {
  private CopiedFolder() {}

  /** The copy of results/NAME below another folder of results. */
  static ResultFolder of(ResultFolder original, Path results) throws IOException {
    Path copy = results.resolve(String.valueOf(original.path().getFileName()));
    try (Stream<Path> files = Files.walk(original.path())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(original.path().relativize(file).toString()));
      }
    }
    return new ResultFolder(copy);
  }
}
