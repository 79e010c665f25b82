package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.cli.InProcess;

/** Texts of the embedded model, from the spec to the report that shows them side by side. */
class TextsSweepTest {
  private static final String SPEC =
      """
      name: texts
      question: What does the edited model write?
      model: world
      methods:
        baseline: {}
        directional-edit:
          train: {dataset: world-truth, items: 0-39}
          factor: [0.0, -4.0]
      evaluate:
        texts: {dataset: prompts.txt, max_new_tokens: 16%s}
      """;

  @TempDir private Path folder = Path.of("");
  private Path report = Path.of("");

  @BeforeEach
  void writePrompts() throws IOException {
    report = folder.resolve("results/texts/report");
    Files.writeString(
        folder.resolve("prompts.txt"),
        "\uFEFFWhat is the town of Brell built on?\r\nWhat do bees make?\r\nIs the sea wet?\r\n");
  }

  private InProcess.Ended run(String... arguments) {
    return new InProcess(folder, Map.of("TRIMTAB_CACHE", folder.resolve("cache").toString()))
        .run(arguments);
  }

  private InProcess.Ended sweep(String settings) throws IOException {
    Path spec = Files.writeString(folder.resolve("texts.yaml"), SPEC.formatted(settings));
    return run(spec.toString());
  }

  private List<JsonNode> items(String id) throws IOException {
    ObjectMapper json = new ObjectMapper();
    return Files.readAllLines(folder.resolve("results/texts/cells/" + id + "/items.jsonl")).stream()
        .map(
            line -> {
              try {
                return json.readTree(line);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  @Test
  void theReportShowsWhatWasWrittenBesideTheBaseline() throws IOException {
    InProcess.Ended ended = sweep("");
    assertThat(ended.exitCode()).as(ended.err()).isZero();

    List<String> cells = Files.readAllLines(folder.resolve("results/texts/cells.csv"));
    assertThat(cells.get(0)).endsWith("prompts/ended,prompts/length,prompts/repeated,texts/items");
    List<JsonNode> written = items(cells.get(1).split(",")[1]);
    assertThat(written).hasSize(3);
    assertThat(written.get(0).path("prompt").asText())
        .isEqualTo("What is the town of Brell built on?");
    String baseline = written.get(0).path("text").asText();
    String edited = items(cells.get(3).split(",")[1]).get(0).path("text").asText();
    assertThat(baseline).isNotBlank().isNotEqualTo(edited);
    assertThat(written).allMatch(item -> item.path("tokens").asInt() <= 16);

    assertThat(Files.readString(report.resolve("index.md"))).contains("[texts.md](texts.md)");
    String page = Files.readString(report.resolve("texts.md"));
    assertThat(page)
        .contains("What the rows wrote to 3 prompts of prompts.txt")
        .contains("**directional-edit, factor=-4.0**", "| *the same* |", "**▸**");
    String unedited = page.substring(page.indexOf("factor=0.0**"), page.indexOf("factor=-4.0**"));
    assertThat(unedited).doesNotContain("▸").contains("*the same*");
    assertThat(Files.readString(report.resolve("texts.csv")))
        .contains("texts,\"directional-edit, factor=-4.0\",0,What is the town of Brell built on?,");
  }

  @Test
  void theReportSaysWhatEachRowCosts() throws IOException {
    assertThat(sweep("").exitCode()).isZero();
    List<String> lines = Files.readAllLines(report.resolve("costs.csv"));
    assertThat(lines.get(0))
        .isEqualTo("method,factor,parameters,fit seconds,fit tokens,time per token,cells");
    String[] baseline = lines.get(1).split(",");
    String[] unedited = lines.get(2).split(",");
    String[] edited = lines.get(3).split(",");
    assertThat(baseline[2]).isEqualTo("0.0");
    assertThat(baseline[4]).isEqualTo("0.0");
    assertThat(baseline[5]).isEqualTo("1.0");
    assertThat(unedited[2]).isEqualTo("0.0");
    assertThat(edited[2]).isEqualTo(4 * 128 * 128 + ".0");
    assertThat(Double.parseDouble(edited[3])).isPositive();
    assertThat(Double.parseDouble(edited[4])).isGreaterThan(40 * 20);
    assertThat(unedited[4]).isEqualTo(edited[4]);
    assertThat(Double.parseDouble(edited[5])).isPositive();
  }

  @Test
  void aTextChangedByHandIsFound() throws IOException {
    assertThat(sweep("").exitCode()).isZero();
    InProcess.Ended same = run("verify", "texts");
    assertThat(same.exitCode()).as(same.out() + same.err()).isZero();
    for (String name : List.of("texts.md", "texts.csv")) {
      Path file = report.resolve(name);
      String text = Files.readString(file);
      Files.writeString(file, text.replaceFirst("What do bees make", "What do wasps make"));
      InProcess.Ended changed = run("verify", "texts");
      assertThat(changed.exitCode()).isEqualTo(1);
      assertThat(changed.out() + changed.err()).contains(name, "wasps");
      assertThat(run("verify", file.toString()).exitCode()).isEqualTo(1);
      Files.writeString(file, text);
    }
    assertThat(run("report", "texts").exitCode()).isZero();
    assertThat(run("verify", "texts").exitCode()).isZero();
  }

  @Test
  void promptsThatAreNotThereOrTooLongAreNamed() throws IOException {
    InProcess.Ended none = sweep(", items: 0-9");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("items 0-9: prompts.txt has items 0-2");
    InProcess.Ended noStop = sweep(", stop: ['']");
    assertThat(noStop.exitCode()).isEqualTo(2);
    assertThat(noStop.err()).contains("texts.yaml:10:60: expected a text");
    Files.writeString(folder.resolve("prompts.txt"), "Fine.\n\nNot reached.\n");
    InProcess.Ended gap = sweep("");
    assertThat(gap.exitCode()).isEqualTo(2);
    assertThat(gap.err()).contains("prompts.txt:2: the line is empty");
    Files.writeString(folder.resolve("prompts.txt"), "bees ".repeat(4000) + "\n");
    InProcess.Ended tooLong = sweep("");
    assertThat(tooLong.exitCode()).isNotZero();
    assertThat(tooLong.err()).contains("prompt 0 has", "more than the model's context");
  }
}
