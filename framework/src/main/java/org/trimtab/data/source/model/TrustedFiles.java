package org.trimtab.data.source.model;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.source.Checksums;
import org.trimtab.data.source.HashCache;

/**
 * Compares a file in the cache folder with the declared hash, or with the one recorded at the
 * download. A file put there by hand is recorded on its first use.
 */
final class TrustedFiles {
  private TrustedFiles() {}

  static Checksums.Entry check(
      String name, Path file, @Nullable String declared, Checksums checksums, HashCache hashes) {
    String sha256 = hashes.sha256(file);
    Optional<Checksums.Entry> recorded = checksums.of(name);
    if (declared != null && !declared.equals(sha256)) {
      throw wrong(file, sha256, declared, "the catalogue says");
    }
    if (declared == null && recorded.isPresent() && !recorded.get().sha256().equals(sha256)) {
      throw wrong(
          file, sha256, recorded.get().sha256(), "when it came it was (" + Checksums.NAME + ")");
    }
    if (recorded.isPresent() && recorded.get().sha256().equals(sha256)) {
      return recorded.get();
    }
    Checksums.Entry entry = new Checksums.Entry(sha256, "put in the cache folder by hand");
    checksums.record(name, entry);
    return entry;
  }

  private static UserException wrong(Path file, String sha256, String wanted, String who) {
    return new UserException(
        file
            + ": this is not the file that it should be: its sha256 is "
            + sha256
            + ", "
            + who
            + " "
            + wanted
            + ". Delete it to have it fetched again, or name its path as the model to use it as it"
            + " is.");
  }
}
