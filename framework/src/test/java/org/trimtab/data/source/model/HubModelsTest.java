package org.trimtab.data.source.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trimtab.data.source.FaultyServer.content;
import static org.trimtab.data.source.FaultyServer.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.data.source.FaultyServer;
import org.trimtab.data.source.HashCache;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.TestSettings;
import org.trimtab.io.Hashes;

class HubModelsTest {
  private static final byte[] WEIGHTS = TestSettings.weights(20_000);
  private static final String LISTING = "/api/models/org/tiny/revision/main?blobs=true";
  private static final String FILES = "/org/tiny/resolve/c0ffee/";

  @TempDir Path folder;
  private FaultyServer server;
  private String sha256;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
    sha256 = HashCache.file(Files.write(folder.resolve("original"), WEIGHTS));
    server.plan(
        LISTING,
        content(
            """
            {"sha": "c0ffee", "siblings": [
              {"rfilename": "../../evil.safetensors", "size": 1},
              {"rfilename": "README.md", "size": 10},
              {"rfilename": "config.json", "size": 2},
              {"rfilename": "onnx/model.onnx", "size": 10},
              {"rfilename": "tokenizer.json", "size": 2},
              {"rfilename": "tiny.Q8_0.gguf", "size": 3},
              {"rfilename": "model.safetensors", "size": 20000, "lfs": {"sha256": "%s"}}]}
            """
                .formatted(sha256)));
    server.plan(FILES + "config.json", content("{}"));
    server.plan(FILES + "tokenizer.json", content("[]"));
    server.plan(FILES + "tiny.Q8_0.gguf", content("abc"));
    server.plan(FILES + "model.safetensors", content(WEIGHTS));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ResolvedModel resolve(String name) {
    return new ModelSource(TestSettings.in(folder, server.uri("")), Progress.NONE).resolve(name);
  }

  @Test
  void aRepositoryComesWithItsModelFilesOnly() {
    ResolvedModel model = resolve("org/tiny");
    Path home = folder.resolve("cache/hub/org--tiny/main");
    assertThat(model.path()).isEqualTo(home);
    assertThat(model.files())
        .containsOnlyKeys("config.json", "model.safetensors", "tokenizer.json")
        .containsEntry("model.safetensors", sha256);
    assertThat(model.source()).endsWith("/org/tiny/tree/c0ffee");
    assertThat(model.tokenizerSha256()).isEqualTo(Hashes.text("[]"));
    int asked = server.requests.size();
    assertThat(resolve("org/tiny")).isEqualTo(model);
    assertThat(server.requests).hasSize(asked);
    assertThat(ModelFiles.in(home))
        .containsExactlyInAnyOrder(
            "SHA256SUMS", "config.json", "model.safetensors", "tokenizer.json");
  }

  @Test
  void aChangeSinceTheDownloadIsNoticed() throws IOException {
    Path home = resolve("org/tiny").path();
    Files.writeString(home.resolve("config.json"), "{\"changed\": true}");
    assertThatThrownBy(() -> resolve("org/tiny"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(home.resolve("config.json").toString())
        .hasMessageContaining("when it came it was");
  }

  @Test
  void aDownloadThatWasCutOffGoesOnAndIsNeverUsedHalf() {
    server.plan(FILES + "config.json", status(404), content("{}"));
    assertThatThrownBy(() -> resolve("org/tiny")).hasMessageContaining("404");
    assertThat(resolve("org/tiny").files()).hasSize(3);
    assertThat(server.requests.stream().filter(request -> request.contains("model.safetensors")))
        .hasSize(1);
  }

  @Test
  void weightsOfAnotherHashAreRefused() {
    byte[] other = TestSettings.weights(20_000);
    other[0]++;
    server.plan(FILES + "model.safetensors", content(other));
    assertThatThrownBy(() -> resolve("org/tiny")).hasMessageContaining("expected " + sha256);
  }

  @Test
  void oneGgufFileCanBeChosen() {
    ResolvedModel model = resolve("org/tiny:tiny.Q8_0.gguf");
    assertThat(model.path()).isEqualTo(folder.resolve("cache/hub/org--tiny/main/tiny.Q8_0.gguf"));
    assertThat(model.weightsSha256()).isEqualTo(Hashes.text("abc"));
    assertThat(resolve("org/tiny:tiny.Q8_0.gguf")).isEqualTo(model);
    assertThatThrownBy(() -> resolve("org/tiny:other.gguf"))
        .hasMessageContaining("its GGUF files are: tiny.Q8_0.gguf");
  }

  @Test
  void aRepositoryOfGgufFilesAsksForOne() {
    server.plan(
        LISTING,
        content(
            "{\"sha\": \"c0ffee\", \"siblings\": [{\"rfilename\": \"a.gguf\"},"
                + " {\"rfilename\": \"b.gguf\"}]}"));
    assertThatThrownBy(() -> resolve("org/tiny"))
        .hasMessageContaining("name one: org/tiny:a.gguf, org/tiny:b.gguf");
  }

  @Test
  void aRevisionIsAskedForAndKeptApart() {
    server.plan(
        "/api/models/org/tiny/revision/refs%2Fpr%2F1?blobs=true",
        content("{\"sha\": \"c0ffee\", \"siblings\": [{\"rfilename\": \"tiny.Q8_0.gguf\"}]}"));
    assertThat(resolve("org/tiny@refs/pr/1:tiny.Q8_0.gguf").path())
        .isEqualTo(folder.resolve("cache/hub/org--tiny/refs--pr--1/tiny.Q8_0.gguf"));
  }

  @Test
  void theHubsOwnCacheIsUsedWhenItIsComplete() throws IOException {
    Path repository = folder.resolve("hub-cache/models--org--tiny");
    Path snapshot = Files.createDirectories(repository.resolve("snapshots/abc"));
    Path blobs = Files.createDirectories(repository.resolve("blobs"));
    Files.createDirectories(repository.resolve("refs"));
    Files.writeString(repository.resolve("refs/main"), "abc");
    Files.writeString(snapshot.resolve("tokenizer.json"), "[]");
    Files.writeString(snapshot.resolve("config.json"), "{}");
    assertThat(resolve("org/tiny").path()).startsWith(folder.resolve("cache"));

    Files.delete(folder.resolve("cache/hub/org--tiny/main/config.json"));
    Files.write(blobs.resolve(sha256), WEIGHTS);
    Files.createSymbolicLink(snapshot.resolve("model.safetensors"), Path.of("../../blobs", sha256));
    ResolvedModel model = resolve("org/tiny");
    assertThat(model.path()).isEqualTo(snapshot);
    assertThat(model.files()).containsEntry("model.safetensors", sha256);

    Files.writeString(blobs.resolve(sha256), "damaged");
    assertThatThrownBy(() -> resolve("org/tiny")).hasMessageContaining("damaged");
  }

  @Test
  void namesThatAreNoneAreTold() {
    assertThat(HubModels.HubName.parse("org/name@v1.0:sub/x.gguf"))
        .contains(new HubModels.HubName("org/name", "v1.0", "sub/x.gguf"));
    assertThat(HubModels.HubName.parse("org/name"))
        .contains(new HubModels.HubName("org/name", "main", null));
    assertThat(HubModels.HubName.parse("org/../name")).isEmpty();
    assertThat(HubModels.HubName.parse("org/name/more")).isEmpty();
    assertThat(HubModels.HubName.parse("org/name:../x.gguf")).isEmpty();
    assertThat(HubModels.HubName.parse("name")).isEmpty();
  }
}
