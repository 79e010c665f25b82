package org.trimtab.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;

/** SHA-256 of texts, bytes and files, as 64 lower-case hex digits. */
public final class Hashes {
  private static final int BUFFER = 1 << 20;

  private Hashes() {}

  /** The hash of a text in UTF-8. */
  public static String text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The hash of some lines in UTF-8, joined by line feeds. */
  public static String lines(List<String> lines) {
    MessageDigest digest = sha256();
    for (int i = 0; i < lines.size(); i++) {
      digest.update(((i == 0 ? "" : "\n") + lines.get(i)).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The hash of some bytes. */
  public static String bytes(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** The hash of a file's content. */
  public static String file(Path file) throws IOException {
    return file(file, done -> {});
  }

  /**
   * The hash of a file's content.
   *
   * @param progress receives the number of bytes read so far
   */
  public static String file(Path file, LongConsumer progress) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream content = Files.newInputStream(file)) {
      long done = 0;
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        digest.update(buffer, 0, count);
        done += count;
        progress.accept(done);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A new digest. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
