package org.trimtab.data.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.trimtab.UserException;
import org.trimtab.io.Hashes;

/**
 * Lets one thread of one process at a time work on a file or folder; the others wait. The lock's
 * file, which is empty, stays under {@code locks/} in the cache folder.
 */
public final class ExclusiveLock implements AutoCloseable {
  private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock thread;
  private final FileChannel channel;

  private ExclusiveLock(ReentrantLock thread, FileChannel channel) {
    this.thread = thread;
    this.channel = channel;
  }

  /**
   * Waits for the lock of a file.
   *
   * @throws UserException when the cache folder cannot be written or locked
   */
  public static ExclusiveLock on(Path target, SourceSettings settings, Progress progress) {
    Path absolute = target.toAbsolutePath().normalize();
    Path file = settings.cache().resolve("locks").resolve(Hashes.text(absolute.toString()));
    ReentrantLock thread = THREADS.computeIfAbsent(file, key -> new ReentrantLock());
    thread.lock();
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          progress.note("another process works on " + absolute + "; waiting for it");
          channel.lock();
        }
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      return new ExclusiveLock(thread, channel);
    } catch (IOException e) {
      thread.unlock();
      throw new UserException(
          file
              + " cannot be locked: "
              + FetchFailure.reason(e)
              + ". Set TRIMTAB_CACHE to a folder on a local disk that you may write to.",
          e);
    }
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UserException("a lock in the cache folder cannot be released", e);
    } finally {
      thread.unlock();
    }
  }
}
