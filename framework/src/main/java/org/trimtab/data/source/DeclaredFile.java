package org.trimtab.data.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

/**
 * A file that a catalogue declares: what it is and where to get it.
 *
 * @param name its name, relative to the folder that it goes to
 * @param bytes its size; unknown when absent
 * @param sha256 the hash of its content; when absent the first download's is kept and held against
 *     later uses; required of a file that is part of the program
 * @param sources where to get it, in the order to try
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

  /** Whether the program itself holds it. */
  boolean bundled() {
    return bundled(sources);
  }

  private static boolean bundled(List<Origin> sources) {
    return sources.stream().anyMatch(Origin.Bundled.class::isInstance);
  }

  Expected expected() {
    return new Expected(bytes, sha256);
  }

  /** Name, size and hash for people, as far as they are known. */
  public String describe() {
    String size = bytes == null ? "" : String.format(Locale.ROOT, " (%,d bytes)", bytes);
    return name + size + (sha256 == null ? "" : ", sha256 " + sha256);
  }
}
