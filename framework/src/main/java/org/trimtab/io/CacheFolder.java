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
    String home = System.getenv("HOME");
    return of(
        System.getenv(),
        Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home));
  }

  /** TRIMTAB_CACHE, else XDG_CACHE_HOME/trimtab, else ~/.cache/trimtab. */
  public static Path of(Map<String, String> environment, Path home) {
    Path caches = path(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache"));
    return path(environment, "TRIMTAB_CACHE").orElse(caches.resolve("trimtab")).toAbsolutePath();
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    @Nullable String value = environment.get(name);
    return value == null || value.isBlank()
        ? Optional.empty()
        : Optional.of(Path.of(value.strip()));
  }
}
