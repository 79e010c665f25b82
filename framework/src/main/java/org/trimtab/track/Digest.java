package org.trimtab.track;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.trimtab.io.Hashes;

/** SHA-256 over parts, each preceded by its length. */
final class Digest {
  private final MessageDigest digest = Hashes.sha256();

  Digest add(byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
    digest.update(part);
    return this;
  }

  Digest add(String part) {
    return add(part.getBytes(StandardCharsets.UTF_8));
  }

  Digest add(Map<String, String> parts) {
    parts.forEach((key, value) -> add(key).add(value));
    return this;
  }

  /** A file's content; empty if the file is absent. */
  Digest add(Path file) {
    return add(content(file));
  }

  static byte[] content(Path file) {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first 16 hex digits; nothing can be added after it. */
  String text() {
    return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
  }
}
