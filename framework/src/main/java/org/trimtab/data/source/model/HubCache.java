package org.trimtab.data.source.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.trimtab.UserException;
import org.trimtab.data.source.FetchFailure;
import org.trimtab.data.source.FileNames;
import org.trimtab.data.source.SourceSettings;

/**
 * The folder where the hub's own tools keep downloads: {@code models--org--name/refs/<revision>}
 * holds a commit, {@code snapshots/<commit>/} its files as links into {@code blobs/}, where large
 * files are named by their sha256. Only read.
 */
final class HubCache {
  private final Path folder;

  HubCache(SourceSettings settings) {
    this.folder = settings.hubCache();
  }

  /** The folder of a repository. */
  Path repository(String repository) {
    return folder.resolve("models--" + repository.replace("/", "--"));
  }

  /** The folder of a revision's files, if there is one; it need not be complete. */
  Optional<Path> snapshot(String repository, String revision) {
    Path home = repository(repository);
    Path reference = home.resolve("refs").resolve(revision);
    String commit = revision;
    try {
      if (Files.isRegularFile(reference)) {
        commit = Files.readString(reference).strip();
      }
    } catch (IOException e) {
      throw new UserException(reference + ": cannot be read: " + FetchFailure.reason(e), e);
    }
    Path snapshot = home.resolve("snapshots").resolve(FileNames.check(commit));
    return Optional.of(snapshot).filter(Files::isDirectory);
  }

  /** The expected sha256 of a large file, from the name of the blob to which it links. */
  static Optional<String> promised(Path file) {
    try {
      return Optional.of(file)
          .filter(Files::isSymbolicLink)
          .map(HubCache::linkedName)
          .filter(name -> name.matches("[0-9a-f]{64}"));
    } catch (java.io.UncheckedIOException e) {
      throw new UserException(file + ": the link cannot be read", e);
    }
  }

  private static String linkedName(Path link) {
    try {
      return String.valueOf(Files.readSymbolicLink(link).getFileName());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
