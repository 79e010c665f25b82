package org.trimtab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trimtab.data.source.FaultyServer.content;
import static org.trimtab.data.source.FaultyServer.dropsAt;
import static org.trimtab.data.source.FaultyServer.slow;
import static org.trimtab.data.source.FaultyServer.stallsAt;
import static org.trimtab.data.source.FaultyServer.status;
import static org.trimtab.data.source.FaultyServer.wholeContent;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final byte[] WEIGHTS = TestSettings.weights(300_000);

  @TempDir Path folder;
  private FaultyServer server;
  private Path target;
  private String sha256;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
    target = folder.resolve("models/weights.gguf");
    Path file = Files.write(folder.resolve("original"), WEIGHTS);
    sha256 = HashCache.file(file);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String fetch(@Nullable String expected) throws FetchFailure {
    return fetch(server.uri("/weights"), expected, Progress.NONE);
  }

  private String fetch(URI uri, @Nullable String expected, Progress progress) throws FetchFailure {
    SourceSettings settings =
        TestSettings.with(folder, server.uri(""), List.of(), Optional.of("secret"));
    return new Download(settings, progress)
        .fetch(uri, new PartFile(target, (long) WEIGHTS.length, expected));
  }

  private void assertArrived() {
    assertThat(target).hasBinaryContent(WEIGHTS);
    assertThat(target.resolveSibling("weights.gguf.part")).doesNotExist();
  }

  @Test
  void resumesWhereTheConnectionWasDropped() throws FetchFailure {
    server.plan("/weights", dropsAt(WEIGHTS, 100_000), dropsAt(WEIGHTS, 250_000), content(WEIGHTS));
    assertThat(fetch(sha256)).isEqualTo(sha256);
    assertArrived();
    assertThat(server.requests).hasSize(3);
    assertThat(server.requests.get(1)).startsWith("/weights bytes=").doesNotContain("bytes=0-");
  }

  /** Without a length, as servers send what they make on the way. */
  private static FaultyServer.Answer unannounced(int megabytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      for (int i = 0; i < megabytes; i++) {
        exchange.getResponseBody().write(new byte[1 << 20]);
      }
    };
  }

  @Test
  void moreThanWasExpectedIsNotReadToItsEnd() {
    server.plan("/weights", unannounced(500));
    assertThatThrownBy(() -> fetch(sha256))
        .isInstanceOf(FetchFailure.class)
        .hasMessageContaining("more came than the %,d bytes".formatted(WEIGHTS.length));
    assertThat(target.resolveSibling("weights.gguf.part")).doesNotExist();
  }

  @Test
  void anAnswerOfUnknownLengthHasALimit() {
    server.plan("/weights", unannounced(500));
    SourceSettings settings =
        TestSettings.with(folder, server.uri(""), List.of(), Optional.empty());
    assertThatThrownBy(
            () ->
                new Download(settings, Progress.NONE)
                    .fetch(server.uri("/weights"), PartFile.upTo(3 << 20, target)))
        .hasMessageContaining("more came than the 3,145,728 bytes");
  }

  @Test
  void anAddressThatDoesNotAnswerIsAskedOnce() throws IOException {
    FaultyServer gone = new FaultyServer();
    gone.close();
    assertThatThrownBy(() -> fetch(gone.uri("/a"), sha256, Progress.NONE))
        .hasMessage("could not connect (no network, or the host does not answer)");
    assertThatThrownBy(() -> fetch(gone.uri("/b"), sha256, Progress.NONE))
        .hasMessage("could not connect (no network, or the host does not answer), as just before");
  }

  @Test
  void aRedirectIsShownWithoutItsSignature() {
    server.plan("/weights", status(302, "Location", "ftp://u:hush@host/x?signature=hush"));
    assertThatThrownBy(() -> fetch(sha256))
        .hasMessageContaining("ftp://...@host/x?...")
        .hasMessageNotContaining("hush");
  }

  @Test
  void resumesWhatAnEarlierProcessLeft() throws Exception {
    Files.createDirectories(target.getParent());
    Files.write(target.resolveSibling("weights.gguf.part"), Arrays.copyOf(WEIGHTS, 123_456));
    server.plan("/weights", content(WEIGHTS));
    fetch(sha256);
    assertArrived();
    assertThat(server.requests).containsExactly("/weights bytes=123456- Bearer secret");
  }

  @Test
  void startsAnewWhenThePartBelongsToAnotherFile() throws Exception {
    Files.createDirectories(target.getParent());
    Files.write(target.resolveSibling("weights.gguf.part"), new byte[1000]);
    server.plan("/weights", content(WEIGHTS));
    fetch(sha256);
    assertArrived();
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void takesAPartThatIsComplete() throws Exception {
    Files.createDirectories(target.getParent());
    Files.write(target.resolveSibling("weights.gguf.part"), WEIGHTS);
    server.plan("/weights", content(WEIGHTS));
    fetch(sha256);
    assertArrived();
  }

  @Test
  void startsAnewWhenTheServerKnowsNoRanges() throws FetchFailure {
    server.plan("/weights", dropsAt(WEIGHTS, 100_000), wholeContent(WEIGHTS));
    fetch(sha256);
    assertArrived();
  }

  @Test
  void neverResumesAFileOfUnknownHash() throws FetchFailure {
    server.plan("/weights", dropsAt(WEIGHTS, 100_000), content(WEIGHTS));
    assertThat(fetch(null)).isEqualTo(sha256);
    assertArrived();
    assertThat(server.requests).allMatch(request -> request.startsWith("/weights - "));
  }

  @Test
  void refusesAnotherContentAndLeavesNothing() {
    byte[] other = TestSettings.weights(WEIGHTS.length);
    other[5]++;
    server.plan("/weights", content(other));
    assertThatThrownBy(() -> fetch(sha256)).hasMessageContaining("expected " + sha256);
    assertThat(target).doesNotExist();
    assertThat(target.resolveSibling("weights.gguf.part")).doesNotExist();
  }

  @Test
  void refusesAnotherSizeBeforeTheDownload() {
    server.plan("/weights", content(new byte[10]));
    assertThatThrownBy(() -> fetch(sha256)).hasMessage("it has 10 bytes, expected 300,000");
  }

  @Test
  void givesUpOnAServerThatNeverGetsFurther() {
    server.plan("/weights", dropsAt(WEIGHTS, 100_000));
    assertThatThrownBy(() -> fetch(null)).hasMessageContaining("4 attempts");
    assertThat(server.requests.size()).isBetween(4, 6);
  }

  @Test
  void waitsWhenAskedTo() throws FetchFailure {
    server.plan("/weights", status(429, "Retry-After", "0"), status(503), content(WEIGHTS));
    fetch(sha256);
    assertArrived();
    assertThat(server.requests).hasSize(3);
  }

  @Test
  void tellsApartWhatStatusesMean() {
    server.plan("/weights", status(404));
    assertThatThrownBy(() -> fetch(sha256)).hasMessageContaining("404 not found");
    server.plan("/weights", status(401));
    assertThatThrownBy(() -> fetch(sha256)).hasMessageContaining("HF_TOKEN");
    server.plan("/weights", status(403));
    assertThatThrownBy(() -> fetch(sha256)).hasMessageContaining("licence");
    server.plan("/weights", status(500));
    assertThatThrownBy(() -> fetch(sha256)).hasMessageContaining("500 server error");
    server.plan("/weights", status(429));
    assertThatThrownBy(() -> fetch(sha256)).hasMessageContaining("too many requests");
  }

  @Test
  void neverSaysTheToken() {
    server.plan("/weights", status(401));
    assertThatThrownBy(() -> fetch(sha256)).hasMessageNotContaining("secret");
    assertThat(TestSettings.with(folder, server.uri(""), List.of(), Optional.of("secret")))
        .asString()
        .doesNotContain("secret");
  }

  @Test
  void aSlowServerIsNoFaultAndProgressIsTold() throws FetchFailure {
    server.plan("/weights", slow(WEIGHTS));
    List<Long> steps = new ArrayList<>();
    fetch(
        server.uri("/weights"),
        sha256,
        new Progress() {
          @Override
          public void advance(String what, long bytes, OptionalLong total) {
            if (what.equals("weights.gguf")) {
              steps.add(bytes);
              assertThat(total).hasValue(WEIGHTS.length);
            }
          }

          @Override
          public void note(String message) {}
        });
    assertArrived();
    assertThat(steps).isSorted().hasSizeGreaterThan(5).endsWith((long) WEIGHTS.length);
  }

  @Test
  void resumesAfterASilence() throws FetchFailure {
    server.plan("/weights", stallsAt(WEIGHTS, 200_000), content(WEIGHTS));
    fetch(sha256);
    assertArrived();
  }

  @Test
  void sendsTheTokenToTheHubOnly() throws Exception {
    try (FaultyServer storage = new FaultyServer()) {
      storage.plan("/blob", content(WEIGHTS));
      server.plan("/weights", status(302, "Location", storage.uri("/blob").toString()));
      fetch(sha256);
      assertArrived();
      assertThat(server.requests).containsExactly("/weights - Bearer secret");
      assertThat(storage.requests).containsExactly("/blob - -");
    }
  }

  @Test
  void endsARingOfRedirects() {
    server.plan("/weights", status(302, "Location", "/weights"));
    assertThatThrownBy(() -> fetch(sha256)).hasMessageContaining("redirects");
  }

  @Test
  void followsNoRedirectToAFile() {
    server.plan("/weights", status(302, "Location", "file:///etc/hostname"));
    assertThatThrownBy(() -> fetch(sha256)).hasMessageContaining("not followed");
  }

  @Test
  void failsFastWhenNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    long start = System.nanoTime();
    assertThatThrownBy(
            () -> fetch(URI.create("http://127.0.0.1:" + port + "/"), sha256, Progress.NONE))
        .hasMessageContaining("could not connect");
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(3);
  }

  @Test
  void failsFastWhenAServerAcceptsAndSaysNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
      long start = System.nanoTime();
      assertThatThrownBy(() -> fetch(uri, sha256, Progress.NONE))
          .hasMessageContaining("did not answer");
      assertThat((System.nanoTime() - start) / 1e9).isLessThan(6);
    }
  }
}
