package org.trimtab.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.data.source.model.Catalogue;
import org.trimtab.data.source.model.ResolvedModel;
import org.trimtab.model.weights.GgufFile;

/**
 * The model that an export was made from, as its card names it.
 *
 * @param name its name on the hub where that is known, else the one in the spec
 * @param licence its licence; null when its files do not say
 * @param files SHA-256 of its files by name
 */
record BaseModel(String name, @Nullable String licence, SortedMap<String, String> files) {
  private static final Pattern HUB = Pattern.compile("(\\w[\\w.-]*/\\w[\\w.-]*)([@:].*)?");
  private static final Pattern LICENCE =
      Pattern.compile("(?m)^license:[ \t]*['\"]?([\\w.+-]+)['\"]?[ \t]*$");

  /** Looks into the catalogue, then into the model's own files. */
  static BaseModel of(ResolvedModel model, SourceSettings sources) {
    Optional<Catalogue.Model> entry = Catalogue.read(sources).find(model.name());
    @Nullable String hub = entry.map(Catalogue.Model::hub).orElse(null);
    @Nullable String licence =
        entry.map(Catalogue.Model::licence).or(() -> licence(model.path())).orElse(null);
    return new BaseModel(repository(hub == null ? model.name() : hub), licence, model.files());
  }

  /** A name on the hub without revision and file; anything else as it is. */
  private static String repository(String name) {
    Matcher hub = HUB.matcher(name);
    return hub.matches() && !Files.exists(Path.of(name)) ? hub.group(1) : name;
  }

  private static Optional<String> licence(Path path) {
    if (!Files.isDirectory(path)) {
      try (GgufFile file = GgufFile.open(path)) {
        return file.metadata().string("general.license");
      }
    }
    Path card = path.resolve("README.md");
    if (!Files.isRegularFile(card)) {
      return Optional.empty();
    }
    try {
      Matcher found = LICENCE.matcher(Files.readString(card));
      return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    } catch (IOException e) {
      throw new UserException(card + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }
}
