package org.trimtab.data.source.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.source.FileNames;

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
