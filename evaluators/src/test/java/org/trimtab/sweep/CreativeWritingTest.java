package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.cli.InProcess;

/** The spec of the creative card, as it is shipped, on the embedded model and short texts. */
class CreativeWritingTest {
  private static final Path SPEC =
      Path.of("../experiments/creative-writing.yaml").toAbsolutePath().normalize();

  @TempDir private Path folder = Path.of("");

  @Test
  void theSpecRunsFromInstructionsToTextsWithoutADownload() throws IOException {
    InProcess program =
        new InProcess(folder, Map.of("TRIMTAB_CACHE", folder.resolve("cache").toString()));
    InProcess.Ended ended =
        program.run(
            SPEC.toString(),
            "--set",
            "name=creative",
            "--set",
            "model=world",
            "--set",
            "methods.directional-edit.layers=[all, last 2]",
            "--set",
            "evaluate.perplexity={dataset: world-prose, tokens: 96, window: 64, stride: 32}",
            "--set",
            "evaluate.texts={limit: 2, max_new_tokens: 8}",
            "--set",
            "report.table.columns=[world-prose/perplexity, texts/repeated]");
    assertThat(ended.exitCode()).as(ended.err()).isZero();

    Path results;
    try (var folders = Files.list(folder.resolve("results"))) {
      results = folders.filter(each -> Files.exists(each.resolve("cells.csv"))).findFirst().get();
    }
    assertThat(Files.readAllLines(results.resolve("cells.csv"))).hasSize(1 + 22);
    List<String> table =
        Files.readString(results.resolve("report/table.md"))
            .lines()
            .filter(line -> line.startsWith("| "))
            .toList();
    assertThat(table)
        .anyMatch(line -> line.startsWith("| directional-edit <sup>a</sup> | 0-3 | 0.0 | - |"))
        .anyMatch(line -> line.startsWith("| fewer-lines | 0-3 | 1.5 | first 10 |"))
        .anyMatch(line -> line.startsWith("| random-direction | 2-3 | 2.0 |"))
        .anyMatch(line -> line.startsWith("| shuffled-labels | 0-3 | 1.0 |"));
    assertThat(Files.readString(results.resolve("report/texts.md")))
        .contains("Begin a novel in a fishing village where the sun has not set")
        .contains("**fewer-lines, layers=0-3, factor=1.5, lines=first 25**");
    assertThat(Files.readString(results.resolve("report/costs.csv")))
        .contains("," + 4 * 128 * 128 + ".0,", "," + 2 * 128 * 128 + ".0,");
    InProcess.Ended verified = program.run("verify", results.toString());
    assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
  }
}
