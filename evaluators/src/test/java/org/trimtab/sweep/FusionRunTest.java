package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions of the embedded world, selected, steered by trials, cut off and gone on with. */
class FusionRunTest {
  private static final String SPEC =
      """
      name: steered
      question: Does it answer?
      model: world
      methods:
        baseline: {}
        fusion: {strength: 0.0..0.4, trials: 4, startup: 2}
        best-of-samples: {trials: 3}
      evaluate:
        simpleqa:
          dataset: world-questions
          select: {where: baseline incorrect, of: first 16}
          chat_template: false
          prompt: "Question: {question} Answer and explanation:"
          max_new_tokens: 6
      """;

  @TempDir private Path folder = Path.of("");

  private String run(String... arguments) throws Exception {
    Program.Ended ended = new Program(folder, 1).run(arguments);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  private static List<String> lines(Path journal, String kind) throws IOException {
    try (Stream<String> lines = Files.lines(journal)) {
      return lines.filter(line -> line.startsWith("{\"kind\":\"" + kind + "\"")).toList();
    }
  }

  private static Path journal(Path results, String label) throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      for (Path file : files.filter(each -> each.endsWith("journal.jsonl")).toList()) {
        if (Files.readString(file).contains("\"label\":\"" + label)) {
          return file;
        }
      }
    }
    throw new AssertionError("no journal of " + label + " in " + results);
  }

  @Test
  void selectedQuestionsAreSteeredAndASearchThatWasCutOffEndsInTheSameBytes() throws Exception {
    Path spec = new Program(folder, 1).write("steered.yaml", SPEC);
    Path results = folder.resolve("results");
    String output = run(spec.toString(), "--results", results.toString());
    assertThat(output).contains("oracle: steered towards the question's own gold answer");

    List<String> asked = lines(journal(results.resolve("steered-selection"), "baseline"), "item");
    long wrong = asked.stream().filter(line -> line.contains("\"contains\":0.0")).count();
    assertThat(asked).hasSize(16);
    assertThat(wrong).isBetween(1L, 15L);
    Path own = results.resolve("steered");
    assertThat(lines(journal(own, "baseline"), "item")).hasSize((int) wrong);
    Path fusion = journal(own, "fusion");
    assertThat(lines(fusion, "trial")).hasSize(4 * (int) wrong);
    assertThat(lines(fusion, "item")).hasSize((int) wrong);
    assertThat(run("verify", own.toString())).contains("all the same");

    String undisturbed = Program.results(results);
    List<String> all = Files.readAllLines(fusion);
    int half = all.indexOf(lines(fusion, "trial").get(3 * (int) wrong)) + 1;
    Files.writeString(fusion, String.join("\n", all.subList(0, half)) + "\n");
    run(spec.toString(), "--results", results.toString());
    assertThat(Program.results(results)).isEqualTo(undisturbed);
    assertThat(Files.readAllLines(fusion).subList(0, half)).isEqualTo(all.subList(0, half));
  }
}
