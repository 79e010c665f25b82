package org.trimtab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.io.Hashes;

class DatasetsTest {
  private static final String KNOWN =
      "b3799639bc76c939836d587de7d30b48d91012cb34be04806d33106ce06c162a";

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  private Datasets datasets(@Nullable Path data) {
    return new Datasets(
        TestSettings.in(folder, URI.create("http://127.0.0.1:1")),
        data,
        folder.resolve("project"),
        new Progress() {
          @Override
          public void advance(String what, long bytes, OptionalLong total) {}

          @Override
          public void note(String message) {
            notes.add(message);
          }
        });
  }

  private Path write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, content);
  }

  @Test
  void thePlacesAreSearchedInOrder() throws IOException {
    Path cached = write("cache/data/truthfulqa/mc_task.json", "[5]");
    assertThat(datasets(null).find("truthfulqa").path()).isEqualTo(cached);
    write("shared/data/truthfulqa/mc_task.json", "[4]");
    assertThat(datasets(null).find("truthfulqa").path()).isEqualTo(cached);
    Path project = write("project/data/mc_task.json", "[3]");
    assertThat(datasets(null).find("truthfulqa").path()).isEqualTo(project);
    Path own = write("project/data/truthfulqa/mc_task.json", "[2]");
    assertThat(datasets(null).find("truthfulqa").path()).isEqualTo(own);
    Path named = write("mine/mc_task.json", "[1]");
    assertThat(datasets(folder.resolve("mine")).find("truthfulqa").path()).isEqualTo(named);
  }

  @Test
  void anotherRevisionIsTakenWithANote() throws IOException {
    write("project/data/mc_task.json", "[]");
    Datasets.Dataset dataset = datasets(null).find("truthfulqa");
    assertThat(dataset.sha256()).isEqualTo(Hashes.text("[]"));
    assertThat(dataset.note().orElseThrow()).contains("not the known revision").contains(KNOWN);
    assertThat(notes).containsExactly(dataset.note().orElseThrow());
  }

  @Test
  void theEnvironmentNamesAFolder() throws IOException {
    Path named = write("env/wiki.test.raw", "text");
    SourceSettings settings =
        SourceSettings.of(Map.of("TRIMTAB_DATA", folder.resolve("env").toString()), folder);
    Datasets datasets = new Datasets(settings, null, folder.resolve("project"), Progress.NONE);
    assertThat(datasets.find("wikitext-2").path()).isEqualTo(named);
  }

  @Test
  void aUsersFileIsNamedByItsPath() throws IOException {
    Path file = write("mine/notes.txt", "some text");
    Datasets.Dataset dataset = datasets(null).find(file.toString());
    assertThat(dataset.path()).isEqualTo(file);
    assertThat(dataset.sha256()).isEqualTo(Hashes.text("some text"));
    assertThat(dataset.note()).isEmpty();
  }

  @Test
  void aPathInASpecIsRelativeToTheSpecAndStaysWhenItsResultsAreReproduced() throws IOException {
    Path file = write("specs/mine/notes.txt", "some text");
    Datasets.Dataset dataset =
        datasets(null).ofSpec(folder.resolve("specs"), Map.of()).find("mine/notes.txt");
    assertThat(dataset.path()).isEqualTo(file);

    Datasets again =
        datasets(null)
            .ofSpec(folder.resolve("results/notes"), Map.of("mine/notes.txt", dataset.source()));
    assertThat(again.find("mine/notes.txt").path()).isEqualTo(file);
    assertThatThrownBy(
            () -> datasets(null).ofSpec(folder.resolve("specs"), Map.of()).find("other.txt"))
        .hasMessageContaining("looked for " + folder.resolve("specs/other.txt"));
  }

  @Test
  void aFolderOfOpinionsIsNamedByItsPathAndItsFilesAreItsHash() throws IOException {
    Path info = write("mine/wave/info.csv", "questions");
    Path responses = write("mine/wave/responses.csv", "answers");
    write("mine/wave/notes.txt", "counts for nothing");
    Path wave = info.getParent();

    Datasets.Dataset dataset = datasets(null).find(Objects.requireNonNull(wave).toString());
    assertThat(dataset.path()).isEqualTo(wave);
    assertThat(dataset.sha256())
        .isEqualTo(
            HashCache.combined(
                Map.of(
                    "info.csv", HashCache.file(info), "responses.csv", HashCache.file(responses))));

    Files.delete(responses);
    assertThatThrownBy(() -> datasets(null).find(wave.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("or is a folder with info.csv and responses.csv");
  }

  @Test
  void whatIsNoneIsTold() {
    assertThatThrownBy(() -> datasets(null).find("truthfulqu"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("known are antonym, capitalize, country-capital");
    assertThatThrownBy(() -> datasets(folder.resolve("none")))
        .hasMessageContaining("the folder of data sets is not there");
  }

  @Test
  void theListSaysWhatIsHere() throws IOException {
    Path here = write("project/data/wiki.test.raw", "text");
    List<Datasets.Listing> list = datasets(null).list();
    assertThat(list)
        .extracting(Datasets.Listing::name)
        .contains("antonym", "truthfulqa", "wikitext-2", "world-anchors")
        .isSorted();
    assertThat(list)
        .filteredOn(Datasets.Listing::bundled)
        .extracting(Datasets.Listing::name)
        .containsExactlyInAnyOrder(
            "general-facts",
            "creative-instructions",
            "ordinary-instructions",
            "writing-prompts",
            "world-anchors",
            "world-cipher",
            "world-facts",
            "world-opinions",
            "world-opposites",
            "world-plurals",
            "world-prose",
            "world-questions",
            "world-truth");
    assertThat(list)
        .filteredOn(listing -> listing.present().isPresent() && !listing.bundled())
        .extracting(Datasets.Listing::present)
        .containsExactly(Optional.of(here));
  }

  @Test
  void whatIsPartOfTheProgramComesWithoutNetwork() {
    for (Datasets.Listing listing : datasets(null).list()) {
      if (listing.bundled()) {
        Datasets.Dataset dataset = datasets(null).find(listing.name());
        assertThat(dataset.path()).isEqualTo(listing.home()).isNotEmptyFile();
        assertThat(dataset.source())
            .matches("part of the program: (world/benchmark|data/facts|data/creative)/.*");
        assertThat(dataset.note()).isEmpty();
        assertThat(datasets(null).find(listing.name())).isEqualTo(dataset);
      }
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void anotherProgramsCopyInTheCacheIsReplaced() throws IOException {
    String known = datasets(null).find("world-prose").sha256();
    Path cached = write("cache/data/world/world-prose.txt", "of an older program");
    Datasets.Dataset dataset = datasets(null).find("world-prose");
    assertThat(dataset.path()).isEqualTo(cached);
    assertThat(dataset.sha256()).isEqualTo(known).isEqualTo(HashCache.file(cached));
    assertThat(notes)
        .containsExactly(cached + " is replaced by the file that is part of this program");
  }

  @Test
  void aUsersFileIsNeverTakenForThatOfTheProgramWithoutANote() throws IOException {
    Path mine = write("project/data/world/world-prose.txt", "my own");
    Datasets.Dataset dataset = datasets(null).find("world-prose");
    assertThat(dataset.path()).isEqualTo(mine);
    assertThat(dataset.sha256()).isEqualTo(Hashes.text("my own"));
    assertThat(dataset.note().orElseThrow()).contains("is not the known revision of world-prose");
    assertThat(mine).hasContent("my own");
  }

  @Test
  void anArchiveGivesItsMember() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("wikitext-2-raw/wiki.test.raw"));
      zip.write("the text".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    try (FaultyServer server = new FaultyServer()) {
      server.plan(
          "/datasets/ggml-org/ci/resolve/main/w.zip", FaultyServer.content(bytes.toByteArray()));
      SourceSettings settings = TestSettings.in(folder, server.uri(""));
      Origin hub =
          new Origin.Hub("datasets/ggml-org/ci", null, "w.zip", "wikitext-2-raw/wiki.test.raw");
      DeclaredFile file =
          new DeclaredFile("wiki.test.raw", null, Hashes.text("the text"), List.of(hub));
      Path target = folder.resolve("out/wiki.test.raw");
      new Fetcher(settings, new HashCache(settings, Progress.NONE), Progress.NONE)
          .fetch(file, target);
      assertThat(target).hasContent("the text");
      assertThat(target.getParent()).isDirectoryNotContaining("glob:**.{zip,part}");
    }
  }
}
