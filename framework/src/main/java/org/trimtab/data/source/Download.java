package org.trimtab.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.io.Backoff;
import org.trimtab.io.Secrets;

/**
 * Downloads one file over HTTP. A file with a known hash resumes where an earlier attempt, in this
 * or another process, was interrupted; one with an unknown hash starts over, because the parts
 * might not match. Once a server has answered, attempts continue as long as each makes progress.
 */
public final class Download {
  private static final int ATTEMPTS = 4;
  private static final int BUFFER = 1 << 17;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  /** A command that needs several files of a server that is gone waits for it once. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private static final Map<String, Failed> FAILED = new ConcurrentHashMap<>();

  private record Failed(String reason, long nanos) {}

  private final Http http;
  private final SourceSettings.Patience patience;
  private final Backoff backoff;
  private final Progress progress;

  /** Downloads with the settings' time limits. */
  public Download(SourceSettings settings, Progress progress) {
    this.http = new Http(settings);
    this.patience = settings.patience();
    this.backoff = new Backoff(patience.retry(), LONGEST_WAIT);
    this.progress = progress;
  }

  /**
   * Downloads a file.
   *
   * @return its sha256
   */
  public String fetch(URI uri, PartFile file) throws FetchFailure {
    if (!file.hasHash()) {
      file.delete();
    }
    boolean resumed = file.size() > 0;
    receive(uri, file);
    try {
      return file.finish(progress);
    } catch (FetchFailure e) {
      if (!resumed) {
        throw e;
      }
      progress.note(file.name() + ": the resumed download is wrong, starting anew");
      receive(uri, file);
      return file.finish(progress);
    }
  }

  private void receive(URI uri, PartFile file) throws FetchFailure {
    String address = uri.getScheme() + "://" + uri.getAuthority();
    Failed before = FAILED.get(address);
    if (before != null && System.nanoTime() - before.nanos() < REMEMBERED.toNanos()) {
      throw new FetchFailure(before.reason() + ", as just before");
    }
    long best = file.size();
    boolean answered = false;
    int failures = 0;
    while (true) {
      Duration pause = backoff.after(failures + 1);
      String reason;
      try {
        HttpResponse<InputStream> response = ask(uri, file);
        answered = true;
        try (InputStream body = response.body()) {
          int status = response.statusCode();
          if (status == 200 || status == 206) {
            write(body, file, response);
            return;
          }
          if (status == 416 && refusedRangeIsAll(file, response.headers())) {
            return;
          }
          reason = http.meaning(uri, status);
          if (status != 416 && status != 429 && status < 500) {
            throw new FetchFailure(reason);
          }
          pause = retryAfter(response.headers(), pause);
        }
      } catch (IOException e) {
        reason = FetchFailure.reason(e);
        if (!answered) {
          FAILED.put(address, new Failed(reason, System.nanoTime()));
          throw new FetchFailure(reason, e);
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      long size = file.size();
      failures = size > best ? 1 : failures + 1;
      best = Math.max(best, size);
      if (failures == ATTEMPTS) {
        throw new FetchFailure(reason + " (" + ATTEMPTS + " attempts)");
      }
      progress.note(file.name() + ": " + reason + "; trying again");
      sleep(pause);
    }
  }

  private HttpResponse<InputStream> ask(URI uri, PartFile file)
      throws IOException, InterruptedException, FetchFailure {
    long have = !file.hasHash() ? 0 : file.size();
    return http.get(uri, have == 0 ? Map.of() : Map.of("Range", "bytes=" + have + "-"));
  }

  private void write(InputStream body, PartFile file, HttpResponse<InputStream> response)
      throws IOException, InterruptedException, FetchFailure {
    long from = 0;
    OptionalLong total = response.headers().firstValueAsLong("Content-Length");
    if (response.statusCode() == 206) {
      Matcher range =
          CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
      if (!range.matches() || Long.parseLong(range.group(1)) != file.size()) {
        file.delete();
        throw new IOException("the server sent another range than it was asked for");
      }
      from = file.size();
      total =
          range.group(2).equals("*")
              ? OptionalLong.empty()
              : OptionalLong.of(Long.parseLong(range.group(2)));
    }
    if (total.isPresent()) {
      file.checkSize(total.getAsLong());
      file.checkLength(total.getAsLong(), OptionalLong.empty());
    }
    long position = from;
    try (FileChannel channel = file.open(from);
        PatientReader reader = new PatientReader(body, patience.stall())) {
      file.needs(total.orElse(from) - from);
      byte[] buffer = new byte[BUFFER];
      for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
        position += count;
        file.checkLength(position, total);
        append(channel, ByteBuffer.wrap(buffer, 0, count), file);
        progress.advance(file.name(), position, total);
      }
    }
    if (total.isPresent() && position != total.getAsLong()) {
      throw new IOException(
          "the connection ended after %,d of %,d bytes".formatted(position, total.getAsLong()));
    }
  }

  private static void append(FileChannel channel, ByteBuffer bytes, PartFile file)
      throws FetchFailure {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw file.unwritable(e);
    }
  }

  /**
   * A range beyond the end is refused: either the file is complete, or the part is wrong and
   * deleted.
   */
  private static boolean refusedRangeIsAll(PartFile file, HttpHeaders headers) throws FetchFailure {
    boolean all =
        headers.firstValue("Content-Range").orElse("").equals("bytes */" + file.size())
            || Long.valueOf(file.size()).equals(file.bytes());
    if (!all) {
      file.delete();
    }
    return all;
  }

  private Duration retryAfter(HttpHeaders headers, Duration otherwise) {
    return headers
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> backoff.atMost(Duration.ofSeconds(Long.parseLong(text))))
        .orElse(otherwise);
  }

  private static void sleep(Duration pause) throws FetchFailure {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static FetchFailure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new FetchFailure("interrupted", e);
  }

  /**
   * HTTP GET that follows redirects itself: the hub's token is sent only to the hub, never to the
   * storage host to which it redirects, and https never falls back to http.
   */
  private static final class Http {
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
            status >= 500
                ? status + " server error: try again later"
                : "unexpected status " + status;
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

    /** Without what gives access: a user, a password, or a signature in the query. */
    private static String shown(String location) {
      return Secrets.withoutUserInfo(location).replaceAll("[?#].*", "?...");
    }

    private static URI redirect(URI from, String location) throws FetchFailure {
      URI to;
      try {
        to = from.resolve(location);
      } catch (IllegalArgumentException e) {
        throw new FetchFailure(
            "redirected to something that is not an address: " + shown(location), e);
      }
      boolean secure = "https".equals(to.getScheme());
      if (to.getHost() == null
          || (!secure && !("http".equals(to.getScheme()) && "http".equals(from.getScheme())))) {
        throw new FetchFailure("redirected to an address that is not followed: " + shown(location));
      }
      return to;
    }
  }

  /** Reads a stream that has no time limit, and gives up after a long silence. */
  private static final class PatientReader implements AutoCloseable {
    private final InputStream stream;
    private final Duration silence;
    private final ExecutorService thread;

    PatientReader(InputStream stream, Duration silence) {
      this.stream = stream;
      this.silence = silence;
      this.thread =
          Executors.newSingleThreadExecutor(
              work -> {
                Thread reader = new Thread(work, "download");
                reader.setDaemon(true);
                return reader;
              });
    }

    /** Like {@link InputStream#read(byte[])}. */
    int read(byte[] buffer) throws IOException, InterruptedException {
      Future<Integer> count = thread.submit(() -> stream.read(buffer));
      try {
        return count.get(silence.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        InterruptedIOException stalled =
            new InterruptedIOException("nothing came for " + silence.toSeconds() + " s");
        stalled.initCause(e);
        throw stalled;
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        throw cause instanceof IOException io ? new IOException(lost(io), io) : new IOException(e);
      }
    }

    /** Ends the thread, by closing the stream if it still waits. */
    @Override
    public void close() throws IOException {
      stream.close();
      thread.shutdownNow();
    }

    private static String lost(IOException e) {
      return "the connection was lost (" + FetchFailure.reason(e) + ")";
    }
  }
}
