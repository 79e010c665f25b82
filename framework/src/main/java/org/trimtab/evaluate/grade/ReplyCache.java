package org.trimtab.evaluate.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.Hashes;

/**
 * Replies of endpoints, keyed by the content of the request, so that nothing is paid for twice. One
 * file per reply, written atomically. Thread-safe.
 */
final class ReplyCache {
  private final Path folder;

  /** A cache in a folder, which may not exist yet. */
  ReplyCache(Path folder) {
    this.folder = folder;
  }

  /** The reply that was kept, if any. */
  Optional<String> find(String url, String request) {
    Path file = file(url, request);
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure(file, "cannot be read", e);
    }
  }

  /** Keeps a reply. */
  void keep(String url, String request, String reply) {
    Path file = file(url, request);
    try {
      AtomicFile.writeShared(file, reply);
    } catch (IOException e) {
      throw failure(file, "cannot be written", e);
    }
  }

  private static UserException failure(Path file, String what, IOException cause) {
    return new UserException(
        ("%s %s (%s). Set TRIMTAB_CACHE to a folder that you may write to; replies are kept"
                + " there.")
            .formatted(file, what, cause),
        cause);
  }

  private Path file(String url, String request) {
    String name = Hashes.text(url + "\n" + request);
    return folder.resolve(name.substring(0, 2)).resolve(name + ".txt");
  }
}
