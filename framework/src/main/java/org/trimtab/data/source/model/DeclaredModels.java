package org.trimtab.data.source.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.source.Checksums;
import org.trimtab.data.source.DeclaredFile;
import org.trimtab.data.source.FetchFailure;
import org.trimtab.data.source.Fetcher;
import org.trimtab.data.source.FileNames;
import org.trimtab.data.source.HashCache;
import org.trimtab.data.source.Origin;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.io.FolderLock;

/**
 * Models whose files the catalogue declares one by one. They are under {@code models/<name>/} in
 * the cache folder; a model of one file is also used from the folder of the hub's own tools.
 */
final class DeclaredModels {
  private final SourceSettings settings;
  private final HashCache hashes;
  private final Fetcher fetcher;
  private final Progress progress;
  private final HubModels.HubCache hubCache;

  DeclaredModels(SourceSettings settings, HashCache hashes, Fetcher fetcher, Progress progress) {
    this.settings = settings;
    this.hashes = hashes;
    this.fetcher = fetcher;
    this.progress = progress;
    this.hubCache = new HubModels.HubCache(settings);
  }

  /** The model's path: its folder, or its only file if that is a GGUF. */
  Path home(String name, Catalogue.Model model) {
    Path folder = folder(name);
    DeclaredFile first = model.files().get(0);
    return model.files().size() == 1 && first.name().endsWith(".gguf")
        ? FileNames.within(folder, first.name())
        : folder;
  }

  /** The model's path, if all of its files are present. */
  Optional<Path> present(String name, Catalogue.Model model) {
    Path folder = folder(name);
    boolean all =
        model.files().stream()
            .allMatch(file -> Files.isRegularFile(FileNames.within(folder, file.name())));
    return all ? Optional.of(home(name, model)) : inHubCache(name, model);
  }

  ResolvedModel resolve(String name, Catalogue.Model model) {
    Path folder = folder(name);
    if (Files.notExists(FileNames.within(folder, model.files().get(0).name()))) {
      Optional<Path> elsewhere = inHubCache(name, model).filter(path -> matches(model, path));
      if (elsewhere.isPresent()) {
        Path path = elsewhere.get();
        SortedMap<String, String> files = new TreeMap<>();
        files.put(model.files().get(0).name(), hashes.sha256(path));
        return new ResolvedModel(name, path, "hub cache", files);
      }
    }
    SortedMap<String, String> files = new TreeMap<>();
    TreeSet<String> sources = new TreeSet<>();
    for (DeclaredFile file : model.files()) {
      Checksums.Entry entry = file(name, file, folder);
      files.put(file.name(), entry.sha256());
      sources.add(entry.source());
    }
    return new ResolvedModel(name, home(name, model), String.join(", ", sources), files);
  }

  private Path folder(String name) {
    return settings.cache().resolve("models").resolve(name);
  }

  private Checksums.Entry file(String name, DeclaredFile file, Path folder) {
    Path target = FileNames.within(folder, file.name());
    Checksums checksums = new Checksums(folder);
    FolderLock lock = FolderLock.on(folder, settings.cache(), progress::note);
    try {
      if (fetcher.missing(file, target)) {
        Fetcher.Fetched fetched = fetcher.fetch(file, target);
        checksums.record(file.name(), new Checksums.Entry(fetched.sha256(), fetched.source()));
      }
      return checksums.check(file.name(), target, file.sha256(), hashes);
    } catch (FetchFailure e) {
      throw new UserException(
          ("The model '%s' could not be fetched. Tried:\n  - %s: not there\n%s\nPut %s at %s"
                  + " and run again, or name the path of a model instead.")
              .formatted(name, target, e.reason(), file.describe(), target),
          e);
    } finally {
      lock.close();
    }
  }

  private boolean matches(Catalogue.Model model, Path path) {
    @Nullable String wanted = model.files().get(0).sha256();
    boolean right = wanted == null || wanted.equals(hashes.sha256(path));
    if (!right) {
      progress.note(path + ": another revision of the file; not used");
    }
    return right;
  }

  private Optional<Path> inHubCache(String name, Catalogue.Model model) {
    if (!home(name, model).toString().endsWith(".gguf")) {
      return Optional.empty();
    }
    return model.files().get(0).sources().stream()
        .filter(Origin.Hub.class::isInstance)
        .map(Origin.Hub.class::cast)
        .flatMap(origin -> inHubCache(origin).stream())
        .findFirst();
  }

  private Optional<Path> inHubCache(Origin.Hub origin) {
    String revision = origin.revision() == null ? "main" : origin.revision();
    return hubCache
        .snapshot(origin.repository(), revision)
        .or(() -> hubCache.snapshot(origin.repository(), "main"))
        .map(snapshot -> FileNames.within(snapshot, origin.file()))
        .filter(Files::isRegularFile);
  }
}
