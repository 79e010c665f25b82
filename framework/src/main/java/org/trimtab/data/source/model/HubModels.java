package org.trimtab.data.source.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.source.Checksums;
import org.trimtab.data.source.DeclaredFile;
import org.trimtab.data.source.FetchFailure;
import org.trimtab.data.source.Fetcher;
import org.trimtab.data.source.FileNames;
import org.trimtab.data.source.HashCache;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.io.FolderLock;

/**
 * Models by their name on the hub. They are under {@code hub/<org>--<name>/<revision>/} in the
 * cache folder, or in the folder of the hub's own tools.
 */
final class HubModels {
  private final SourceSettings settings;
  private final LocalModels local;
  private final HashCache hashes;
  private final Fetcher fetcher;
  private final Progress progress;
  private final HubCache hubCache;

  HubModels(
      SourceSettings settings,
      LocalModels local,
      HashCache hashes,
      Fetcher fetcher,
      Progress progress) {
    this.settings = settings;
    this.local = local;
    this.hashes = hashes;
    this.fetcher = fetcher;
    this.progress = progress;
    this.hubCache = new HubCache(settings);
  }

  /** The model's place in the cache folder. */
  Path home(HubName name) {
    Path folder = folder(name);
    return name.file() == null ? folder : FileNames.within(folder, name.file());
  }

  /** The model's path, if it is complete. */
  Optional<Path> present(HubName name) {
    return inCache(name).or(() -> inHubCache(name));
  }

  ResolvedModel resolve(String asked, HubName name) {
    if (inCache(name).isEmpty()) {
      Optional<Path> elsewhere = inHubCache(name);
      if (elsewhere.isPresent()) {
        return fromHubCache(asked, name, elsewhere.get());
      }
      fetch(asked, name);
    }
    return fromCache(asked, name);
  }

  private Path folder(HubName name) {
    return settings.cache().resolve("hub").resolve(name.folder());
  }

  private Optional<Path> inCache(HubName name) {
    return complete(name, folder(name));
  }

  private Optional<Path> inHubCache(HubName name) {
    return hubCache
        .snapshot(name.repository(), name.revision())
        .flatMap(snapshot -> complete(name, snapshot));
  }

  private static Optional<Path> complete(HubName name, Path folder) {
    if (name.file() != null) {
      return Optional.of(FileNames.within(folder, name.file())).filter(Files::isRegularFile);
    }
    return Optional.of(folder).filter(path -> ModelFiles.missingWithTokenizer(path).isEmpty());
  }

  private ResolvedModel fromCache(String asked, HubName name) {
    ResolvedModel model = model(asked, name, home(name), "");
    Checksums checksums = new Checksums(folder(name));
    String source = "";
    for (String file : model.files().keySet()) {
      @Nullable String gguf = name.file();
      String recorded = gguf == null ? file : gguf;
      Path path = FileNames.within(folder(name), recorded);
      source = TrustedFiles.check(recorded, path, null, checksums, hashes).source();
    }
    return new ResolvedModel(asked, model.path(), source, model.files());
  }

  private ResolvedModel fromHubCache(String asked, HubName name, Path path) {
    ResolvedModel model = model(asked, name, path, "hub cache " + path);
    for (Map.Entry<String, String> file : model.files().entrySet()) {
      Path place = name.file() == null ? path.resolve(file.getKey()) : path;
      Optional<String> promised = HubCache.promised(place);
      if (promised.isPresent() && !promised.get().equals(file.getValue())) {
        throw new UserException(
            place
                + ": damaged: its sha256 is "
                + file.getValue()
                + ", the hub's tools have named it "
                + promised.get()
                + ". Delete it to have it fetched again.");
      }
    }
    return model;
  }

  private ResolvedModel model(String asked, HubName name, Path path, String source) {
    return name.file() == null
        ? local.complete(asked, path, source)
        : local.gguf(asked, path, source);
  }

  private void fetch(String asked, HubName name) {
    Path folder = folder(name);
    FolderLock lock = FolderLock.on(folder, settings.cache(), progress::note);
    try {
      if (inCache(name).isPresent()) {
        return;
      }
      HubRepository repository = HubRepository.ask(name, settings, progress);
      @Nullable String one = name.file();
      List<DeclaredFile> files = one == null ? repository.model() : repository.file(one);
      Checksums checksums = new Checksums(folder);
      for (DeclaredFile file : files) {
        String source =
            one == null
                ? settings.hub() + "/" + name.repository() + "/tree/" + repository.commit()
                : file.sources().get(0).describe(settings);
        checksums.record(file.name(), new Checksums.Entry(fetch(file, folder), source));
      }
    } catch (FetchFailure e) {
      throw failure(asked, name, e);
    } finally {
      lock.close();
    }
  }

  /**
   * A large file that is present and correct stays; all others are downloaded again from the same
   * commit.
   */
  private String fetch(DeclaredFile file, Path folder) throws FetchFailure {
    Path target = FileNames.within(folder, file.name());
    @Nullable String sha256 = file.sha256();
    if (sha256 != null && Files.isRegularFile(target) && hashes.sha256(target).equals(sha256)) {
      return sha256;
    }
    return fetcher.fetch(file, target).sha256();
  }

  private UserException failure(String asked, HubName name, FetchFailure e) {
    @Nullable String file = name.file();
    return new UserException(
        "The model '"
            + asked
            + "' could not be fetched. Tried:\n  - "
            + home(name)
            + ": not there, or not complete\n  - "
            + hubCache.repository(name.repository())
            + ": not there, or not complete\n"
            + (e.reason().startsWith("  - ")
                ? e.reason()
                : "  - " + settings.hub() + "/" + name.repository() + ": " + e.reason())
            + "\nPut "
            + (file == null
                ? "config.json, tokenizer.json and model.safetensors (or its index and shards) in "
                : "the file at ")
            + home(name)
            + " and run again, or name the path of a model instead.",
        e);
  }
}
