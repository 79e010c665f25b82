package org.trimtab.model.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.UserException;

/**
 * The bytes of a file, mapped in windows of equal size so that files beyond 2 GiB work.
 * Thread-safe. The mapping ends when nothing refers to it.
 */
final class MappedFile {
  private static final int WINDOW = 1 << 30;
  private static final String LFS_POINTER = "version https://git-lfs";

  private final Path path;
  private final long size;
  private final int window;
  private final List<ByteBuffer> windows;

  /** Bytes in memory: windows of equal size, the last one possibly shorter. */
  MappedFile(Path path, int window, List<ByteBuffer> windows) {
    this.path = path;
    this.window = window;
    this.windows = List.copyOf(windows);
    this.size = windows.stream().mapToLong(ByteBuffer::capacity).sum();
  }

  static MappedFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new UserException(path + ": no such file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      List<ByteBuffer> windows = new ArrayList<>();
      long size = channel.size();
      for (long start = 0; start < size; start += WINDOW) {
        windows.add(channel.map(MapMode.READ_ONLY, start, Math.min(WINDOW, size - start)));
      }
      return new MappedFile(path, WINDOW, windows);
    } catch (IOException e) {
      throw new UserException(path + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /**
   * Fills the first {@code length} bytes of a buffer from an offset that the caller has checked.
   */
  void read(long position, byte[] target, int length) {
    int done = 0;
    while (done < length) {
      ByteBuffer source = windows.get((int) ((position + done) / window));
      int start = (int) ((position + done) % window);
      int part = Math.min(length - done, source.capacity() - start);
      source.get(start, target, done, part);
      done += part;
    }
  }

  byte[] bytes(long position, int length) {
    byte[] bytes = new byte[length];
    read(position, bytes, length);
    return bytes;
  }

  /** Refuses a Git LFS pointer that stands for the file. */
  void requireContent() {
    byte[] start = bytes(0, (int) Math.min(LFS_POINTER.length(), size));
    if (new String(start, StandardCharsets.ISO_8859_1).equals(LFS_POINTER)) {
      throw problem("is a Git LFS pointer, not the weights; fetch them with 'git lfs pull'");
    }
  }

  UserException problem(String message) {
    return new UserException(path + ": " + message);
  }

  UserException problem(String message, Throwable cause) {
    return new UserException(path + ": " + message, cause);
  }
}
