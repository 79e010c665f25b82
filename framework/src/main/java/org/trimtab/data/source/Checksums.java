package org.trimtab.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;

/**
 * The file SHA256SUMS beside downloaded files: the hash and source of each. {@code sha256sum -c
 * SHA256SUMS} can read it.
 */
public final class Checksums {
  /** The name of the file. */
  public static final String NAME = "SHA256SUMS";

  /**
   * A downloaded file.
   *
   * @param sha256 its hash
   * @param source its source, in words
   */
  public record Entry(String sha256, String source) {}

  private final Path file;

  /** The file in a folder, which may not exist yet. */
  public Checksums(Path folder) {
    this.file = folder.resolve(NAME);
  }

  /** The record of a file. */
  public Optional<Entry> of(String name) {
    return Optional.ofNullable(read().get(name));
  }

  /** Records a file, replacing an earlier record of that name. */
  public void record(String name, Entry entry) {
    Map<String, Entry> entries = new TreeMap<>(read());
    entries.put(name, entry);
    StringBuilder text = new StringBuilder();
    entries.forEach(
        (key, value) ->
            text.append("# %s\n%s  %s\n".formatted(value.source(), value.sha256(), key)));
    try {
      AtomicFile.write(file, text.toString());
    } catch (IOException e) {
      throw new UserException(file + ": cannot be written: " + FetchFailure.reason(e), e);
    }
  }

  private Map<String, Entry> read() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    if (!Files.isRegularFile(file)) {
      return entries;
    }
    try {
      @Nullable String source = null;
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("# ")) {
          source = line.substring(2);
        } else if (line.matches("[0-9a-f]{64}  .+")) {
          String from = source == null ? "unknown" : source;
          entries.put(line.substring(66), new Entry(line.substring(0, 64), from));
        } else {
          throw new UserException(
              file + ": '" + line + "' is not a line of sha256sum; delete the file to start anew");
        }
      }
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read: " + FetchFailure.reason(e), e);
    }
    return entries;
  }

  /**
   * Compares a file with the declared hash, or with the one recorded at the download. A file put
   * there by hand is recorded on its first use.
   */
  public Entry check(String name, Path path, @Nullable String declared, HashCache hashes) {
    String sha256 = hashes.sha256(path);
    Optional<Entry> recorded = of(name);
    if (declared != null && !declared.equals(sha256)) {
      throw wrong(path, sha256, declared, "the catalogue says");
    }
    if (declared == null && recorded.isPresent() && !recorded.get().sha256().equals(sha256)) {
      throw wrong(path, sha256, recorded.get().sha256(), "when it came it was (" + NAME + ")");
    }
    if (recorded.isPresent() && recorded.get().sha256().equals(sha256)) {
      return recorded.get();
    }
    Entry entry = new Entry(sha256, "put in the cache folder by hand");
    record(name, entry);
    return entry;
  }

  private static UserException wrong(Path file, String sha256, String wanted, String who) {
    return new UserException(
        ("%s: this is not the file that it should be: its sha256 is %s, %s %s. Delete it to"
                + " have it fetched again, or name its path as the model to use it as it is.")
            .formatted(file, sha256, who, wanted));
  }
}
