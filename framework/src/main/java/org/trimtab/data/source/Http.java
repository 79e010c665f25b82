package org.trimtab.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * HTTP GET that follows redirects itself: the hub's token is sent only to the hub, never to the
 * storage host to which it redirects, and https never falls back to http.
 */
final class Http {
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final SourceSettings settings;
  private final HttpClient client;

  Http(SourceSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.patience().connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** The first answer that is not a redirect; the caller closes its body. */
  HttpResponse<InputStream> get(URI uri, Map<String, String> headers)
      throws IOException, InterruptedException, FetchFailure {
    URI next = uri;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpResponse<InputStream> response =
          client.send(request(next, headers), HttpResponse.BodyHandlers.ofInputStream());
      Optional<String> location = response.headers().firstValue("Location");
      if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
        return response;
      }
      response.body().close();
      next = redirect(next, location.get());
    }
    throw new FetchFailure("more than " + MOST_REDIRECTS + " redirects");
  }

  /** The meaning of an error status, and what to do about it. */
  String meaning(URI uri, int status) {
    boolean hub = isHub(uri);
    return switch (status) {
      case 401 ->
          "401 not authorised: "
              + (hub ? "the repository is private or gated, or there is none; " + token() : "");
      case 403 ->
          "403 forbidden: "
              + (hub
                  ? "accept the model's licence on its page on the hub; " + token()
                  : "the server refuses the file");
      case 404 -> "404 not found: there is no such file or revision";
      case 429 -> "429 too many requests: try again later";
      default ->
          status >= 500 ? status + " server error: try again later" : "unexpected status " + status;
    };
  }

  private String token() {
    return settings.hubToken().isPresent()
        ? "the token that is set (HF_TOKEN) may not read it"
        : "set HF_TOKEN to the token of an account that may read it";
  }

  private HttpRequest request(URI uri, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(settings.patience().answer())
            .header("User-Agent", "trimtab")
            .header("Accept-Encoding", "identity");
    headers.forEach(request::header);
    if (isHub(uri)) {
      settings.hubToken().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    }
    return request.build();
  }

  private boolean isHub(URI uri) {
    URI hub = settings.hub();
    return Objects.equals(uri.getScheme(), hub.getScheme())
        && Objects.equals(uri.getAuthority(), hub.getAuthority());
  }

  private static URI redirect(URI from, String location) throws FetchFailure {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new FetchFailure("redirected to something that is not an address: " + location, e);
    }
    boolean secure = "https".equals(to.getScheme());
    if (to.getHost() == null
        || (!secure && !("http".equals(to.getScheme()) && "http".equals(from.getScheme())))) {
      throw new FetchFailure("redirected to an address that is not followed: " + location);
    }
    return to;
  }
}
