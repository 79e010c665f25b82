package org.trimtab.data.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.FolderLock;
import org.trimtab.io.InputFile;

/**
 * Finds data sets by name, and downloads missing ones. Searched in this order: the folder that the
 * user names, TRIMTAB_DATA, {@code data/} in the project, the cache folder. In each the file may be
 * in the data set's own folder or directly in it. A data set may also be named by the path of a
 * file: {@code .json} in one of the forms that {@code DatasetKind} knows, {@code .csv} or {@code
 * .jsonl} with pairs, {@code .txt} or {@code .raw}; or by that of a folder with {@code info.csv}
 * and {@code responses.csv}, a wave of OpinionQA. Those that are part of the program are copied to
 * the cache folder, replacing another version's.
 */
public final class Datasets {
  /** The files of a folder that is a data set; others are ignored. */
  private static final List<String> FOLDER_FILES = List.of("info.csv", "responses.csv");

  /** Begins the source of a file or folder of the user's own; its path follows. */
  private static final String LOCAL = "local: ";

  private final SourceSettings settings;
  private final Progress progress;
  private final HashCache hashes;
  private final Fetcher fetcher;
  private final Map<String, Declaration> declarations;
  private final List<Path> places;
  private List<Path> bases = List.of(Path.of(""));
  private Map<String, String> recorded = Map.of();

  /**
   * A data set on this machine.
   *
   * @param name as requested
   * @param path its file or folder
   * @param sha256 the hash of its content, of a folder that of its files, part of every result's
   *     provenance
   * @param source its source, in words
   * @param note a note for the user, for example that it is not the known revision
   */
  public record Dataset(
      String name, Path path, String sha256, String source, Optional<String> note) {}

  /**
   * A known data set, and whether it is present.
   *
   * @param present its file, if it is on this machine
   * @param home its place when it is downloaded or put there by hand
   * @param bundled whether it is part of the program, and so needs no network
   */
  public record Listing(
      String name,
      String description,
      String licence,
      Optional<Path> present,
      Path home,
      boolean bundled) {}

  private record Declaration(
      @JsonProperty(value = "description", required = true) String description,
      @JsonProperty(value = "licence", required = true) String licence,
      @JsonProperty(value = "folder", required = true) String folder,
      @JsonProperty(value = "file", required = true) DeclaredFile file) {}

  private record Content(
      @JsonProperty(value = "datasets", required = true) Map<String, Declaration> datasets) {}

  /**
   * Prepares the search.
   *
   * @param data a folder given by the user, searched first
   * @param project the project's root folder
   */
  public Datasets(SourceSettings settings, @Nullable Path data, Path project, Progress progress) {
    this.settings = settings;
    this.progress = progress;
    this.hashes = new HashCache(settings, progress);
    this.fetcher = new Fetcher(settings, hashes, progress);
    this.declarations =
        new TreeMap<>(Declarations.resource("datasets.yaml", Content.class).datasets());
    this.places = places(settings, data, project.toAbsolutePath().normalize());
  }

  /**
   * Looks for the paths that a spec names in the spec's folder, then in the working folder.
   *
   * @param folder the spec's
   * @param sources for a spec that ran before, the sources of its data sets by their names: a file
   *     that is still in its place is used
   * @return this
   */
  public Datasets ofSpec(Path folder, Map<String, String> sources) {
    bases = List.of(folder, Path.of(""));
    recorded = Map.copyOf(sources);
    return this;
  }

  /**
   * Finds a data set, downloading it if it is missing.
   *
   * @throws UserException when none has that name, or all sources fail; the message says what was
   *     tried and where to put the file by hand
   */
  public Dataset find(String name) {
    Declaration declaration = declarations.get(name);
    if (declaration == null) {
      return file(name);
    }
    Path found = present(declaration).orElse(null);
    if (found == null
        || (found.equals(home(declaration)) && fetcher.missing(declaration.file(), found))) {
      return fetch(name, declaration);
    }
    String sha256 = hashes.sha256(found);
    if (sha256.equals(declaration.file().sha256())) {
      return new Dataset(name, found, sha256, source(found, declaration), Optional.empty());
    }
    String note =
        "%s is not the known revision of %s: its sha256 is %s, known is %s; results are not comparable with those on the known one"
            .formatted(found, name, sha256, declaration.file().sha256());
    progress.note(note);
    return new Dataset(name, found, sha256, "another revision: " + found, Optional.of(note));
  }

  /** The known data sets, sorted by name. Does not use the network. */
  public List<Listing> list() {
    return declarations.entrySet().stream()
        .map(
            entry -> {
              Declaration declared = entry.getValue();
              return new Listing(
                  entry.getKey(),
                  declared.description(),
                  declared.licence(),
                  present(declared),
                  home(declared),
                  declared.file().bundled());
            })
        .toList();
  }

  private static List<Path> places(SourceSettings settings, @Nullable Path data, Path project) {
    List<Path> places = new ArrayList<>();
    if (data != null) {
      if (!Files.isDirectory(data)) {
        throw new UserException(data + ": the folder of data sets is not there");
      }
      places.add(data);
    }
    settings.data().ifPresent(places::add);
    places.add(project.resolve("data"));
    places.add(settings.cache().resolve("data"));
    return List.copyOf(places);
  }

  private Optional<Path> present(Declaration declaration) {
    return places.stream()
        .flatMap(
            place ->
                List.of(
                    place.resolve(declaration.folder()).resolve(declaration.file().name()),
                    place.resolve(declaration.file().name()))
                    .stream())
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private Path home(Declaration declaration) {
    return folder(declaration).resolve(declaration.file().name());
  }

  private Path folder(Declaration declaration) {
    return settings.cache().resolve("data").resolve(declaration.folder());
  }

  private String source(Path found, Declaration declaration) {
    Path home = home(declaration);
    Optional<Checksums.Entry> recorded =
        found.equals(home)
            ? new Checksums(folder(declaration)).of(declaration.file().name())
            : Optional.empty();
    return recorded.map(Checksums.Entry::source).orElse("local file");
  }

  private Dataset fetch(String name, Declaration declaration) {
    DeclaredFile file = declaration.file();
    Path home = home(declaration);
    FolderLock lock = FolderLock.on(home, settings.cache(), progress::note);
    try {
      if (fetcher.missing(file, home)) {
        Fetcher.Fetched fetched = fetcher.fetch(file, home);
        new Checksums(folder(declaration))
            .record(file.name(), new Checksums.Entry(fetched.sha256(), fetched.source()));
      }
      return new Dataset(
          name, home, hashes.sha256(home), source(home, declaration), Optional.empty());
    } catch (FetchFailure e) {
      throw new UserException(
          ("The data set '%s' is not here and could not be fetched. Searched for %s/%s and"
                      + " %s in:\n  - ")
                  .formatted(name, declaration.folder(), file.name(), file.name())
              + String.join("\n  - ", places.stream().map(Path::toString).toList())
              + "\nTried:\n"
              + e.reason()
              + "\nPut "
              + file.describe()
              + " at "
              + home
              + " and run again.",
          e);
    } finally {
      lock.close();
    }
  }

  /** The path of a file or folder of the user's own. */
  private Path path(String name) {
    Path given = FileNames.given(name);
    String source = recorded.getOrDefault(name, "");
    Stream<Path> before =
        source.startsWith(LOCAL)
            ? Stream.of(Path.of(source.substring(LOCAL.length())))
            : Stream.of();
    return Stream.concat(before, bases.stream().map(base -> base.resolve(given)))
        .filter(Files::exists)
        .findFirst()
        .orElseGet(() -> bases.get(0).resolve(given));
  }

  private Dataset file(String name) {
    Path path = path(name);
    String source = LOCAL + path.toAbsolutePath().normalize();
    if (FOLDER_FILES.stream().allMatch(each -> Files.isRegularFile(path.resolve(each)))) {
      Map<String, String> parts = new TreeMap<>();
      FOLDER_FILES.forEach(each -> parts.put(each, hashes.sha256(path.resolve(each))));
      return new Dataset(name, path, HashCache.combined(parts), source, Optional.empty());
    }
    if (!name.matches(".*\\.(json|jsonl|csv|txt|raw)") || !Files.exists(path)) {
      throw unknown(name);
    }
    return new Dataset(
        name, path, hashes.sha256(InputFile.regular(path)), source, Optional.empty());
  }

  private UserException unknown(String name) {
    return new UserException(
        ("'%s' is no data set: known are %s; a file of your own is named by its path and"
                + " ends in .json, .jsonl, .csv, .txt or .raw, or is a folder with %s (looked for"
                + " %s).")
            .formatted(
                name,
                String.join(", ", declarations.keySet()),
                String.join(" and ", FOLDER_FILES),
                path(name).toAbsolutePath().normalize()));
  }
}
