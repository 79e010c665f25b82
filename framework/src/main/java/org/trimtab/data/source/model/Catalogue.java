package org.trimtab.data.source.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.source.Declarations;
import org.trimtab.data.source.DeclaredFile;
import org.trimtab.data.source.SourceSettings;

/**
 * The models that have a short name: the program's own, in {@code catalogue.yaml} in the package
 * above, and the user's, which come first.
 */
public final class Catalogue {
  private final Map<String, Model> models;

  private Catalogue(Map<String, Model> models) {
    this.models = models;
  }

  /**
   * A model in the catalogue. Either its files are declared one by one, or it is a name on the hub.
   *
   * @param description one line of text
   * @param licence its licence, as an SPDX identifier where there is one
   * @param gated whether the hub requires an account that has accepted the licence
   * @param hub a name on the hub: {@code org/name[@revision][:file.gguf]}
   * @param files its files
   */
  public record Model(
      @JsonProperty(value = "description", required = true) String description,
      @JsonProperty(value = "licence", required = true) String licence,
      @JsonProperty("gated") boolean gated,
      @JsonProperty("hub") @Nullable String hub,
      @JsonProperty("files") @Nullable List<DeclaredFile> files) {
    /** Copies the files. */
    public Model {
      files = files == null ? List.of() : List.copyOf(files);
    }

    /** Its files; none if it is a name on the hub. */
    @Override
    public List<DeclaredFile> files() {
      return files == null ? List.of() : files;
    }
  }

  private record Content(
      @JsonProperty(value = "models", required = true) Map<String, Model> models) {}

  /**
   * Reads the program's catalogue and the user's.
   *
   * @throws UserException when the user's cannot be read; says where and why
   */
  public static Catalogue read(SourceSettings settings) {
    Map<String, Model> models =
        new TreeMap<>(Declarations.resource("catalogue.yaml", Content.class).models());
    if (Files.exists(settings.catalogue())) {
      models.putAll(Declarations.file(settings.catalogue(), Content.class).models());
    }
    models.forEach((name, model) -> check(settings.catalogue() + ": models." + name, name, model));
    return new Catalogue(models);
  }

  /** The model with the given name. */
  public Optional<Model> find(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /** All names, sorted. */
  public Collection<String> names() {
    return models.keySet();
  }

  private static void check(String place, String name, @Nullable Model model) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new UserException(place + ": a name has letters, digits, '.', '_' and '-' only");
    }
    if (model == null || model.files().isEmpty() == (model.hub() == null)) {
      throw new UserException(place + ": needs either 'hub' or 'files', and not both");
    }
    if (model.hub() != null && HubModels.HubName.parse(model.hub()).isEmpty()) {
      throw new UserException(
          place + ": hub: '" + model.hub() + "' is not a name on the hub such as org/name");
    }
  }
}
