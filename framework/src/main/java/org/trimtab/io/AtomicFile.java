package org.trimtab.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that appear whole or not at all: written beside, forced to disk, then renamed. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a text file in UTF-8, replacing what was there. The caller holds a lock: two writers of
   * one file would share the file beside it.
   */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes in the same way. */
  public static void write(Path file, byte[] content) throws IOException {
    createFolder(file);
    write(file.resolveSibling("." + file.getFileName() + ".part"), file, content);
  }

  /** Writes what a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes to the open file. */
    void write(FileChannel channel) throws IOException;
  }

  /**
   * Writes a large file piece by piece, in the same way; what was begun is deleted on a failure.
   */
  public static void write(Path file, Content content) throws IOException {
    createFolder(file);
    Path part =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.write(channel);
      }
      replace(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Writes a text as {@link #write} does, when several may write the same file at once. */
  public static void writeShared(Path file, String text) throws IOException {
    createFolder(file);
    Path beside = Files.createTempFile(file.toAbsolutePath().getParent(), ".fresh", ".part");
    write(beside, file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Forces a file to disk and renames it to another, replacing an existing one. */
  public static void replace(Path part, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void createFolder(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }

  private static void write(Path part, Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    replace(part, file);
  }
}
