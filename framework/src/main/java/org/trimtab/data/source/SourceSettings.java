package org.trimtab.data.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.CacheFolder;
import org.trimtab.io.Secrets;

/**
 * Locations of files and time limits of the network. Made from environment variables by {@link
 * #of}.
 *
 * @param cache the program's own folder: TRIMTAB_CACHE, else XDG_CACHE_HOME/trimtab, else
 *     ~/.cache/trimtab
 * @param catalogue the user's own catalogue of models, which may or may not be there:
 *     TRIMTAB_CATALOGUE, else catalogue.yaml in the cache folder
 * @param data a folder of data sets: TRIMTAB_DATA
 * @param hub the model hub: HF_ENDPOINT, else https://huggingface.co
 * @param hubToken sent to the hub and nowhere else: HF_TOKEN, else the content of HF_TOKEN_PATH,
 *     else of the file token in HF_HOME
 * @param hubCache where the hub's own tools keep files: HF_HUB_CACHE, else HF_HOME/hub, else
 *     ~/.cache/huggingface/hub; only read
 * @param pip the command that runs pip: TRIMTAB_PYTHON or python3, then -m pip
 * @param patience time limits
 */
public record SourceSettings(
    Path cache,
    Path catalogue,
    Optional<Path> data,
    URI hub,
    Optional<String> hubToken,
    Path hubCache,
    List<String> pip,
    Patience patience) {

  /** Copies the command and checks the token. */
  public SourceSettings {
    pip = List.copyOf(pip);
    hubToken = hubToken.flatMap(token -> Secrets.of("HF_TOKEN", token));
  }

  /**
   * Time limits of downloads.
   *
   * @param connect until a connection stands
   * @param answer until the answer's head is there, connecting included
   * @param stall the longest silence in the middle of an answer
   * @param retry the first wait before another attempt; doubled for each further one
   */
  public record Patience(Duration connect, Duration answer, Duration stall, Duration retry) {
    /** An unreachable host fails after 5 seconds, a silent one after 9, a stalled one after 60. */
    public static final Patience DEFAULT =
        new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(9),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1));
  }

  /** The settings of this process's environment. */
  public static SourceSettings fromEnvironment() {
    return of(System.getenv(), CacheFolder.home());
  }

  /**
   * The settings from environment variables; empty ones count as unset.
   *
   * @param home the user's home folder
   * @throws UserException when HF_ENDPOINT is not an http or https address
   */
  public static SourceSettings of(Map<String, String> environment, Path home) {
    Path caches = CacheFolder.path(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache"));
    Path cache = CacheFolder.of(environment, home);
    Path hubHome = CacheFolder.path(environment, "HF_HOME").orElse(caches.resolve("huggingface"));
    Path tokenFile =
        CacheFolder.path(environment, "HF_TOKEN_PATH").orElse(hubHome.resolve("token"));
    return new SourceSettings(
        cache,
        CacheFolder.path(environment, "TRIMTAB_CATALOGUE").orElse(cache.resolve("catalogue.yaml")),
        CacheFolder.path(environment, "TRIMTAB_DATA"),
        hub(value(environment, "HF_ENDPOINT").orElse("https://huggingface.co")),
        value(environment, "HF_TOKEN").or(() -> firstLine(tokenFile)),
        CacheFolder.path(environment, "HF_HUB_CACHE").orElse(hubHome.resolve("hub")),
        List.of(value(environment, "TRIMTAB_PYTHON").orElse("python3"), "-m", "pip"),
        Patience.DEFAULT);
  }

  /** Everything except the token. */
  @Override
  public String toString() {
    return "cache " + cache + ", hub " + hub + ", hub cache " + hubCache + ", pip " + pip;
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    @Nullable String value = environment.get(name);
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static URI hub(String endpoint) {
    Secrets.refuseUserInfo("HF_ENDPOINT", endpoint, "write https://HOST, and set HF_TOKEN.");
    try {
      URI uri = new URI(endpoint.replaceAll("/+$", ""));
      if (endpoint.matches("https?://.+") && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw endpointError(endpoint);
    }
    throw endpointError(endpoint);
  }

  private static UserException endpointError(String endpoint) {
    return new UserException(
        "HF_ENDPOINT is '%s', which is not an address such as https://huggingface.co"
            .formatted(Secrets.redact(endpoint)));
  }

  private static Optional<String> firstLine(Path file) {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(file)) {
      return lines.map(String::strip).filter(line -> !line.isEmpty()).findFirst();
    } catch (java.io.IOException | java.io.UncheckedIOException e) {
      throw new UserException(file + ": the hub's token cannot be read; set HF_TOKEN instead", e);
    }
  }
}
