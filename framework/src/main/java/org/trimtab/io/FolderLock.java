package org.trimtab.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

/**
 * The exclusive right to work on a folder: an operating-system lock on a small file in it, which
 * dies with its process, so a killed run never leaves a stale lock. Others can read who holds it.
 */
public final class FolderLock implements AutoCloseable {
  /** Far beyond the text, so that the text stays readable where locks prevent reading. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /**
   * The locks of this process. POSIX drops a lock when any descriptor of the file closes in the
   * same process, so a file that is held here must not be opened again.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private FolderLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /** Takes the lock, or returns null when another process or thread holds it. */
  public static @Nullable FolderLock tryAcquire(Path lockFile) {
    Path file = lockFile.toAbsolutePath().normalize();
    if (!HELD_HERE.add(file)) {
      return null;
    }
    FolderLock acquired = null;
    try {
      acquired = open(file);
      return acquired;
    } catch (IOException e) {
      throw new UserException(
          ("cannot lock %s (%s). Its folder must be writable, on a file system that has file"
                  + " locks; --results names another folder of results, TRIMTAB_CACHE another cache"
                  + " folder.")
              .formatted(file, e),
          e);
    } finally {
      if (acquired == null) {
        HELD_HERE.remove(file);
      }
    }
  }

  /** Takes the lock, waiting while another holds it (for short work only). */
  public static FolderLock acquire(Path lockFile) {
    return acquire(lockFile, holder -> {});
  }

  /**
   * Waits for the right to write a file or folder that all processes of this user share. The lock's
   * own file is under {@code locks/} in the cache folder, since the target may not exist yet.
   *
   * @param waiting is told once, in words, if another process or thread holds it
   */
  public static FolderLock on(Path target, Path cache, Consumer<String> waiting) {
    Path absolute = target.toAbsolutePath().normalize();
    return acquire(
        cache.resolve("locks").resolve(Hashes.text(absolute.toString())),
        holder ->
            waiting.accept(
                "another process works on " + absolute + " (" + holder + "); waiting for it"));
  }

  private static FolderLock acquire(Path lockFile, Consumer<String> waiting) {
    boolean told = false;
    while (true) {
      FolderLock lock = tryAcquire(lockFile);
      if (lock != null) {
        return lock;
      }
      if (!told) {
        waiting.accept(holder(lockFile));
        told = true;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UserException("interrupted while waiting for " + lockFile, e);
      }
    }
  }

  /**
   * Whether some process works on the folder now. Tests with a shared lock, released at once, and
   * leaves the file unchanged.
   */
  public static boolean isHeld(Path lockFile) {
    Path file = lockFile.toAbsolutePath().normalize();
    if (!HELD_HERE.add(file)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        @Nullable FileLock shared = channel.tryLock(LOCKED_BYTE, 1, true)) {
      return shared == null;
    } catch (IOException e) {
      // No file, or an unreadable one: no run of this user holds it.
      return false;
    } finally {
      HELD_HERE.remove(file);
    }
  }

  /** The holder of the lock: process, machine and since when. */
  public static String holder(Path lockFile) {
    if (HELD_HERE.contains(lockFile.toAbsolutePath().normalize())) {
      return "this process";
    }
    try {
      String text = Files.readString(lockFile).strip();
      return text.isEmpty() ? "another process" : text;
    } catch (IOException e) {
      return "another process";
    }
  }

  private static @Nullable FolderLock open(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        return null;
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)));
      return new FolderLock(file, channel, lock);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static String self() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "an unnamed machine";
    }
    return "process %s on %s since %s"
        .formatted(
            ProcessHandle.current().pid(), host, Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UserException("cannot release " + file + " (" + e + ")", e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
