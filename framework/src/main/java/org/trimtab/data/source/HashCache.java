package org.trimtab.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.Hashes;

/**
 * SHA-256 of files, cached by (real path, size, modification time), so that a large file is read
 * once. One small file per entry under {@code hashes/} in the cache folder; safe for use by several
 * threads and processes.
 */
public final class HashCache {
  private static final Logger log = LoggerFactory.getLogger(HashCache.class);

  /**
   * A file changed this recently may change again without a new modification time: its hash is not
   * cached.
   */
  private static final long SETTLED_MILLIS = 2000;

  private final Path folder;
  private final Progress progress;

  /** The hashes in the settings' cache folder. */
  public HashCache(SourceSettings settings, Progress progress) {
    this.folder = settings.cache().resolve("hashes");
    this.progress = progress;
  }

  /**
   * The hash of a file.
   *
   * @throws UserException when the file cannot be read
   */
  public String sha256(Path file) {
    try {
      Path real = file.toRealPath();
      String before = stamp(real);
      Path entry = entry(real);
      if (Files.isRegularFile(entry)) {
        String known = Files.readString(entry).strip();
        if (known.startsWith(before + " ") && known.length() == before.length() + 65) {
          return known.substring(before.length() + 1);
        }
      }
      String sha256 = file(real, progress);
      boolean settled =
          Files.getLastModifiedTime(real)
              .toInstant()
              .isBefore(Instant.now().minusMillis(SETTLED_MILLIS));
      if (settled && stamp(real).equals(before)) {
        keep(entry, before, sha256);
      }
      return sha256;
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read: " + FetchFailure.reason(e), e);
    }
  }

  /** Caches the hash of a file that this program has just written and hashed. */
  void remember(Path file, String sha256) throws IOException {
    Path real = file.toRealPath();
    keep(entry(real), stamp(real), sha256);
  }

  private Path entry(Path real) {
    return folder.resolve(Hashes.text(real.toString()));
  }

  private static String stamp(Path real) throws IOException {
    FileTime changed = Files.getLastModifiedTime(real);
    Instant time = changed.toInstant();
    return Files.size(real) + " " + time.getEpochSecond() + "." + time.getNano();
  }

  private void keep(Path entry, String stamp, String sha256) {
    try {
      AtomicFile.writeShared(entry, stamp + " " + sha256 + "\n");
    } catch (IOException e) {
      log.debug("{}: the hash is not kept and will be computed again", folder, e);
    }
  }

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
