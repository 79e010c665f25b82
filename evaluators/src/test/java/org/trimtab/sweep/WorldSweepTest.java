package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets that are part of the program, from the spec to the table, with an empty cache. */
class WorldSweepTest {
  @TempDir Path folder;

  @Test
  void aSpecOnTheWorldNeedsNoOtherFiles() throws Exception {
    Program program = new Program(folder, 1);
    Path spec =
        program.write(
            "world.yaml",
            """
            name: world
            question: Does the program bring its own data?
            model: %s
            methods:
              baseline: {}
              directional-edit:
                train: {dataset: world-truth, folds: 2}
                layers: 2-3
                factor: 1.5
            evaluate:
              truthfulqa-mc: {dataset: world-truth, limit: 8}
              perplexity: {dataset: world-prose, tokens: 300, window: 128, stride: 64}
            """
                .formatted(folder.resolve("model")));

    Program.Ended plan = program.run("plan", spec.toString());
    assertThat(plan.exitCode()).as(plan.output()).isZero();
    assertThat(plan.output()).contains("What·is·the·town·of·Brell·built·on?");

    Path results = folder.resolve("results");
    Program.Ended sweep = program.run(spec.toString(), "--results", results.toString());
    assertThat(sweep.exitCode()).as(sweep.output()).isZero();
    List<String> cells = Files.readAllLines(results.resolve("world/cells.csv"));
    assertThat(cells).hasSize(1 + 1 + 2);
    assertThat(folder.resolve("cache/data/world/world-truth.json")).isRegularFile();
  }
}
