package org.trimtab.data.source.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.data.source.Fetcher;
import org.trimtab.data.source.FileNames;
import org.trimtab.data.source.HashCache;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;

/**
 * Finds models by name, and downloads missing ones. A name is, in this order: one of the {@link
 * Catalogue}; a path to a folder in the hub's layout or to a .gguf file; a name on the hub, {@code
 * org/name}, with {@code @revision} and {@code :file.gguf} if wanted. Safe for use by several
 * threads and processes.
 *
 * <p>Files downloaded from a branch of the hub stay unchanged: a later run uses the same files
 * until their folder is deleted. Every file's sha256 is compared with the catalogue's, the hub's,
 * or the one recorded at the download.
 */
public final class ModelSource {
  private final SourceSettings settings;
  private final Catalogue catalogue;
  private final LocalModels local;
  private final DeclaredModels declared;
  private final HubModels hub;

  /** Reads the catalogue. */
  public ModelSource(SourceSettings settings, Progress progress) {
    this.settings = settings;
    this.catalogue = Catalogue.read(settings);
    HashCache hashes = new HashCache(settings, progress);
    Fetcher fetcher = new Fetcher(settings, hashes, progress);
    this.local = new LocalModels(hashes);
    this.declared = new DeclaredModels(settings, hashes, fetcher, progress);
    this.hub = new HubModels(settings, local, hashes, fetcher, progress);
  }

  /**
   * A model of the catalogue, and whether it is present.
   *
   * @param name its name
   * @param model its entry
   * @param bytes its size, if the catalogue has it
   * @param present its path, if it is on this machine
   * @param home its place when it is downloaded or put there by hand
   */
  public record Listing(
      String name, Catalogue.Model model, OptionalLong bytes, Optional<Path> present, Path home) {}

  /**
   * Finds a model, downloading it if it is missing.
   *
   * @throws UserException when none has that name, a file is wrong, or all sources fail; the
   *     message says what was tried and where to put the files by hand
   */
  public ResolvedModel resolve(String name) {
    Optional<Catalogue.Model> entry = catalogue.find(name);
    if (entry.isPresent()) {
      Catalogue.Model model = entry.get();
      return model.hub() == null
          ? declared.resolve(name, model)
          : hub.resolve(name, HubModels.HubName.parse(model.hub()).orElseThrow());
    }
    Path path = FileNames.given(name);
    if (Files.exists(path)) {
      return local.resolve(name, path);
    }
    return HubModels.HubName.parse(name)
        .map(hubName -> hub.resolve(name, hubName))
        .orElseThrow(() -> unknown(name));
  }

  /** The catalogue's models, sorted by name. Reads no large file and does not use the network. */
  public List<Listing> list() {
    return catalogue.names().stream().map(this::listing).toList();
  }

  private Listing listing(String name) {
    Catalogue.Model model = catalogue.find(name).orElseThrow();
    if (model.hub() != null) {
      HubModels.HubName hubName = HubModels.HubName.parse(model.hub()).orElseThrow();
      return new Listing(
          name, model, OptionalLong.empty(), hub.present(hubName), hub.home(hubName));
    }
    OptionalLong bytes =
        model.files().stream().allMatch(file -> file.bytes() != null)
            ? OptionalLong.of(
                model.files().stream()
                    .mapToLong(file -> file.bytes() == null ? 0 : file.bytes())
                    .sum())
            : OptionalLong.empty();
    return new Listing(
        name, model, bytes, declared.present(name, model), declared.home(name, model));
  }

  private UsageException unknown(String name) {
    return new UsageException(
        ("'%s' is no model: there is no such file or folder (%s), it is not a name on the"
                + " hub such as org/name, org/name@revision or org/name:file.gguf, and the catalogue"
                + " has only %s. More can be declared in %s.")
            .formatted(
                name,
                FileNames.given(name).toAbsolutePath(),
                String.join(", ", catalogue.names()),
                settings.catalogue()));
  }
}
