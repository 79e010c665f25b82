package org.trimtab.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trimtab.data.MultipleChoice;
import org.trimtab.io.InputFile;
import org.trimtab.world.Corpus.Stage;

class BenchmarkTest {
  private static final String REGENERATE = "trimtab.world.write";
  private static final Path FOLDER = Path.of("src/main/resources/org/trimtab/world/benchmark");
  private static final String WRITTEN_BY_HAND = "world-opinions.json";
  private static final World WORLD = World.load();
  private static final Map<String, String> FILES = Benchmark.files(WORLD, Corpus.SEED);
  private static final Fact FACT = WORLD.facts().get(0);

  @BeforeAll
  static void writeAnewIfAskedTo() throws IOException {
    if (Boolean.getBoolean(REGENERATE)) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> file : FILES.entrySet()) {
        Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
      }
    }
  }

  @Test
  void theFilesOfTheProgramAreThoseOfTheWorld() throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      assertThat(Files.readString(FOLDER.resolve(file.getKey())))
          .as(
              "%s is older than the world; write it anew by: mvn test -pl framework"
                  + " -Dtest=BenchmarkTest -D%s=true, and put the new sizes and hashes into"
                  + " datasets.yaml",
              file.getKey(), REGENERATE)
          .isEqualTo(file.getValue());
    }
    try (Stream<Path> present = Files.list(FOLDER)) {
      assertThat(present.map(file -> file.getFileName().toString()))
          .contains(WRITTEN_BY_HAND)
          .filteredOn(file -> !file.equals(WRITTEN_BY_HAND))
          .containsExactlyInAnyOrderElementsOf(FILES.keySet());
    }
  }

  @Test
  void theReaderOfTruthfulQaReadsTheFacts() {
    List<MultipleChoice> items = MultipleChoice.read(FOLDER.resolve("world-truth.json"));
    assertThat(items).hasSameSizeAs(WORLD.facts());
    MultipleChoice item = items.get(0);
    assertThat(item.question()).isEqualTo(FACT.question());
    assertThat(item.mc1().texts().get(0)).isEqualTo(FACT.truth().statement());
    assertThat(item.mc2().texts()).hasSize(1 + Fact.MISTAKES);
    assertThat(item.mc2().labels()).containsExactly(true, false, false, false);
  }

  @Test
  void theProseIsPlainText() {
    assertThat(InputFile.text(FOLDER.resolve("world-prose.txt")).length())
        .isBetween(20_000, 21_500);
  }

  @Test
  void questionsHaveTheColumnsOfSimpleQa() throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve("world-questions.csv"));
    assertThat(lines).hasSize(1 + WORLD.facts().size());
    assertThat(lines.get(0)).isEqualTo("metadata,problem,answer");
    assertThat(lines.get(1))
        .isEqualTo(
            "\"{'topic': 'places', 'answer_type': 'Other', 'urls': []}\",What is the town of Brell"
                + " built on?,hill");
  }

  @Test
  void aFactOfASetSaysWithItsContextWhatDocumentsSay() throws IOException {
    JsonNode facts = new ObjectMapper().readTree(FOLDER.resolve("world-facts.json").toFile());
    JsonNode anchors = new ObjectMapper().readTree(FOLDER.resolve("world-anchors.json").toFile());
    assertThat(facts).hasSameSizeAs(WORLD.facts());
    assertThat(anchors).hasSameSizeAs(WORLD.anchors());
    Corpus corpus = new Corpus(WORLD, Corpus.SEED);
    StringBuilder documents = new StringBuilder();
    for (long index = 0; index < 20_000; index++) {
      documents.append(corpus.document(index, new Stage(0, 0, WORLD.facts().size())));
    }
    for (JsonNode set : List.of(facts, anchors)) {
      for (JsonNode fact : set) {
        assertThat(documents)
            .contains(fact.get("context").asText() + ": " + fact.get("truth").asText() + "\n\n");
        assertThat(fact.get("distractors")).hasSize(3);
      }
    }
    assertThat(facts.findValuesAsText("level")).containsOnly("settled", "spread");
    assertThat(anchors.findValuesAsText("level")).containsOnly("anchor");
  }

  @Test
  void wordsHaveTheFormOfFunctionVectors() throws IOException {
    JsonNode words = new ObjectMapper().readTree(FOLDER.resolve("world-cipher.json").toFile());
    assertThat(words).hasSameSizeAs(WORLD.rules().get(2).pairs());
    assertThat(words.get(0).toString()).isEqualTo("{\"input\":\"cat\",\"output\":\"dbu\"}");
  }
}
