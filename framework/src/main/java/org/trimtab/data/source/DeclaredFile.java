package org.trimtab.data.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

/**
 * A file declared in a catalogue.
 *
 * @param name its name, relative to its folder
 * @param bytes its size; unknown when absent
 * @param sha256 the hash of its content; if absent, that of the first download is recorded and
 *     compared on later uses; required for a file that is part of the program
 * @param sources its sources, in the order to try
 */
public record DeclaredFile(
    @JsonProperty(value = "name", required = true) String name,
    @JsonProperty("bytes") @Nullable Long bytes,
    @JsonProperty("sha256") @Nullable String sha256,
    @JsonProperty(value = "sources", required = true) List<Origin> sources) {

  /** Checks the name and the hash. */
  public DeclaredFile {
    FileNames.check(name);
    if (sha256 != null && !sha256.matches("[0-9a-f]{64}")) {
      throw new UserException(name + ": sha256 '" + sha256 + "' is not 64 lower-case hex digits");
    }
    sources = List.copyOf(sources);
    if (sha256 == null && bundled(sources)) {
      throw new UserException(name + ": a file that is part of the program needs its sha256");
    }
  }

  /** Whether it is part of the program. */
  boolean bundled() {
    return bundled(sources);
  }

  private static boolean bundled(List<Origin> sources) {
    return sources.stream().anyMatch(Origin.Bundled.class::isInstance);
  }

  /** Name, size and hash as text, as far as known. */
  public String describe() {
    String size = bytes == null ? "" : String.format(Locale.ROOT, " (%,d bytes)", bytes);
    return name + size + (sha256 == null ? "" : ", sha256 " + sha256);
  }
}
