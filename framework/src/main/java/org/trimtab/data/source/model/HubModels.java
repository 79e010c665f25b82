package org.trimtab.data.source.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.source.Checksums;
import org.trimtab.data.source.DeclaredFile;
import org.trimtab.data.source.Download;
import org.trimtab.data.source.FetchFailure;
import org.trimtab.data.source.Fetcher;
import org.trimtab.data.source.FileNames;
import org.trimtab.data.source.HashCache;
import org.trimtab.data.source.Origin;
import org.trimtab.data.source.PartFile;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.io.FolderLock;
import org.trimtab.io.Json;

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
      source = checksums.check(recorded, path, null, hashes).source();
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
            ("%s: damaged: its sha256 is %s, the hub's tools have named it %s. Delete it to"
                    + " have it fetched again.")
                .formatted(place, file.getValue(), promised.get()));
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
        ("The model '%s' could not be fetched. Tried:\n  - %s: not there, or not"
                    + " complete\n  - %s: not there, or not complete\n")
                .formatted(asked, home(name), hubCache.repository(name.repository()))
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

  /**
   * A model's name on the hub: {@code org/name}, {@code org/name@revision} or {@code
   * org/name[@revision]:file.gguf}.
   *
   * @param repository {@code org/name}
   * @param revision branch, tag or commit; default main
   * @param file one GGUF file of the repository; null for the whole of it
   */
  record HubName(String repository, String revision, @Nullable String file) {
    private static final Pattern FORM =
        Pattern.compile(
            "(?<repository>\\w[\\w.-]*/\\w[\\w.-]*)(@(?<revision>\\w[\\w./-]*))?(:(?<file>.+\\.gguf))?");

    /** Parses a name; empty if it has another form. */
    static Optional<HubName> parse(String name) {
      Matcher parts = FORM.matcher(name);
      if (!parts.matches() || name.contains("..")) {
        return Optional.empty();
      }
      String revision = parts.group("revision");
      String file = parts.group("file");
      return Optional.of(
          new HubName(
              parts.group("repository"),
              revision == null ? "main" : revision,
              file == null ? null : FileNames.check(file)));
    }

    /** The repository and the revision as one folder's name each. */
    String folder() {
      return repository.replace("/", "--") + "/" + revision.replace("/", "--");
    }
  }

  /**
   * The hub's description of a repository at a revision.
   *
   * @param name {@code org/name}
   * @param commit the revision's present commit
   * @param files every file by its path in the repository
   */
  private record HubRepository(String name, String commit, TreeMap<String, HubFile> files) {
    /** Size and hash as the hub has them; null if unknown. */
    private record HubFile(@Nullable Long bytes, @Nullable String sha256) {}

    /** A listing of ten thousand files has some megabytes. */
    private static final long LONGEST_LISTING = 64L << 20;

    /** Queries the hub. */
    static HubRepository ask(HubName name, SourceSettings settings, Progress progress)
        throws FetchFailure {
      Path answer = null;
      try {
        Path folder = Files.createDirectories(settings.cache());
        answer = Files.createTempFile(folder, "listing", ".json");
        new Download(settings, progress)
            .fetch(
                Origin.listing(settings.hub(), name.repository(), name.revision()),
                PartFile.upTo(LONGEST_LISTING, answer));
        return read(name.repository(), Json.MAPPER.readTree(answer.toFile()));
      } catch (IOException e) {
        throw new FetchFailure("the hub's answer cannot be read: " + FetchFailure.reason(e), e);
      } finally {
        delete(answer);
      }
    }

    /** A file to download, at this commit. */
    DeclaredFile declare(String file) {
      HubFile expected = files.getOrDefault(file, new HubFile(null, null));
      return new DeclaredFile(
          file,
          expected.bytes(),
          expected.sha256(),
          List.of(new Origin.Hub(name, commit, file, null)));
    }

    /** The files of the model, the settings last, as a sign of completeness. */
    List<DeclaredFile> model() throws FetchFailure {
      Set<String> names = files.keySet();
      List<String> chosen = new ArrayList<>(ModelFiles.choose(names));
      boolean config = chosen.remove(ModelFiles.CONFIG);
      if (!config || chosen.stream().noneMatch(ModelFiles::isWeights)) {
        List<String> ggufs = ModelFiles.ggufs(names);
        throw new FetchFailure(
            ggufs.isEmpty()
                ? "the repository holds no model: expected config.json and model.safetensors"
                : "the repository holds GGUF files; name one: "
                    + String.join(", ", ggufs.stream().map(gguf -> name + ":" + gguf).toList()));
      }
      chosen.add(ModelFiles.CONFIG);
      return chosen.stream().map(this::declare).toList();
    }

    /** One file named by the user. */
    List<DeclaredFile> file(String file) throws FetchFailure {
      if (!files.containsKey(file)) {
        throw new FetchFailure(
            "the repository holds no %s; its GGUF files are: %s"
                .formatted(file, String.join(", ", ModelFiles.ggufs(files.keySet()))));
      }
      return List.of(declare(file));
    }

    private static HubRepository read(String name, JsonNode answer) throws FetchFailure {
      String commit = answer.path("sha").asText("");
      if (!commit.matches("\\w+") || !answer.path("siblings").isArray()) {
        throw new FetchFailure("the hub's answer is not a repository's listing");
      }
      TreeMap<String, HubFile> files = new TreeMap<>();
      for (JsonNode file : answer.path("siblings")) {
        @Nullable String sha256 =
            Optional.of(file.path("lfs").path("sha256").asText(""))
                .filter(text -> text.matches("[0-9a-f]{64}"))
                .orElse(null);
        @Nullable Long bytes =
            file.path("size").isIntegralNumber() ? file.path("size").asLong() : null;
        files.put(file.path("rfilename").asText(""), new HubFile(bytes, sha256));
      }
      return new HubRepository(name, commit, files);
    }

    private static void delete(@Nullable Path answer) throws FetchFailure {
      try {
        if (answer != null) {
          Files.deleteIfExists(answer);
        }
      } catch (IOException e) {
        throw new FetchFailure(answer + " cannot be deleted", e);
      }
    }
  }

  /**
   * The folder where the hub's own tools keep downloads: {@code models--org--name/refs/<revision>}
   * holds a commit, {@code snapshots/<commit>/} its files as links into {@code blobs/}, where large
   * files are named by their sha256. Only read.
   */
  static final class HubCache {
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
}
