package org.trimtab.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.trimtab.UserException;
import org.trimtab.io.Hashes;

/** SHA-256 of files that may be large. */
public final class FileHashes {
  private FileHashes() {}

  /**
   * The hash of a file's content.
   *
   * @throws UserException when the file cannot be read
   */
  public static String file(Path file) {
    return file(file, Progress.NONE);
  }

  static String file(Path file, Progress progress) {
    try {
      OptionalLong total = OptionalLong.of(Files.size(file));
      String name = "sha256 of " + file.getFileName();
      return Hashes.file(file, done -> progress.advance(name, done, total));
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read: " + FetchFailure.reason(e), e);
    }
  }

  /**
   * One hash for several named files: of the lines {@code <sha256> <name>}, sorted by name. Another
   * name, another content or another set of files gives another hash.
   *
   * @param files file name to its hash
   */
  public static String combined(Map<String, String> files) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(files)
        .forEach((name, sha256) -> lines.append(sha256).append(' ').append(name).append('\n'));
    return Hashes.text(lines.toString());
  }
}
