package org.trimtab.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.trimtab.UserException;

/** SHA-256 of texts and files, as 64 lower-case hex digits. */
public final class Hashes {
  private static final int BUFFER = 1 << 20;

  private Hashes() {}

  /** The hash of a text in UTF-8. */
  public static String text(String text) {
    return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The hash of a file's content.
   *
   * @throws UserException when the file cannot be read
   */
  public static String file(Path file) {
    return file(file, Progress.NONE);
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
    return text(lines.toString());
  }

  static String file(Path file, Progress progress) {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream content = Files.newInputStream(file)) {
      OptionalLong total = OptionalLong.of(Files.size(file));
      long done = 0;
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        digest.update(buffer, 0, count);
        done += count;
        progress.advance("sha256 of " + file.getFileName(), done, total);
      }
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read: " + FetchFailure.reason(e), e);
    }
    return hex(digest.digest());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
