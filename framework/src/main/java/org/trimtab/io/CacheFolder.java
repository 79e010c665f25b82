package org.trimtab.io;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program's own folder for what can be made again. */
public final class CacheFolder {
  private CacheFolder() {}

  /** That of this process's environment. */
  public static Path ofProcess() {
    return of(System.getenv(), home());
  }

  /**
   * The user's home folder: $HOME, as for the launcher and other programs, otherwise Java's (which
   * on Linux is the account's, regardless of $HOME), otherwise the folder of temporary files.
   */
  public static Path home() {
    String home = System.getenv("HOME");
    Path found = Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
    // Java says "?" of an account that the system does not know, as in some containers.
    return found.isAbsolute() ? found : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** TRIMTAB_CACHE, else XDG_CACHE_HOME/trimtab, else ~/.cache/trimtab. */
  public static Path of(Map<String, String> environment, Path home) {
    Path caches = path(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache"));
    return path(environment, "TRIMTAB_CACHE").orElse(caches.resolve("trimtab")).toAbsolutePath();
  }

  /** The path in a variable; a blank one counts as unset. */
  public static Optional<Path> path(Map<String, String> environment, String name) {
    @Nullable String value = environment.get(name);
    return value == null || value.isBlank()
        ? Optional.empty()
        : Optional.of(Path.of(value.strip()));
  }
}
