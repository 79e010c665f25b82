package org.trimtab.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.trimtab.UserException;

/** Files that appear whole or not at all: written beside, forced to disk, then renamed. */
final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a text file in UTF-8, replacing what was there. The caller holds a lock: two writers of
   * one file would share the file beside it.
   *
   * @throws UserException when the disk refuses, naming the file and the reason
   */
  static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes in the same way. */
  static void write(Path file, byte[] content) {
    Path parent = file.toAbsolutePath().getParent();
    Path beside = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserException(
          "cannot write "
              + file
              + " ("
              + e
              + "). Check the free space and the rights of the folder; the same command goes on"
              + " where it stopped.",
          e);
    }
  }
}
