package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Exports of the embedded model, loaded in transformers, PEFT and lm-evaluation-harness. */
@EnabledIfEnvironmentVariable(
    named = "TRIMTAB_BENCH_PYTHON",
    matches = ".+",
    disabledReason =
        "set TRIMTAB_BENCH_PYTHON to the python of a virtual environment with"
            + " bench/requirements.txt")
class ExportIT {
  private static final Path SCRIPT = Path.of("../bench/exports.py").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private Program program;

  @BeforeEach
  void prepare() {
    program = new Program(folder, 24);
  }

  @Test
  void otherProgramsGiveTheCellsNumbers() throws Exception {
    Path spec =
        program.write(
            "world.yaml",
            """
            name: world
            question: Do other programs give the same numbers?
            model: world
            methods:
              baseline: {}
              directional-edit:
                train: {dataset: world-truth, items: 0-99}
                direction: {hidden_state: 4, lines: answers}
                layers: last 50%
                factor: -2
              bias-tuning:
                evaluate: world-opposites
                train: {dataset: world-opposites, items: 0-9}
                examples: 10
                steps: 20
            evaluate:
              truthfulqa-mc: {dataset: world-truth, items: 100-139, primer: false}
              world-opposites: {evaluator: exact-match, dataset: world-opposites, items: 10-40}
            """);
    succeeds(spec.toString(), "--results", folder.resolve("results").toString());
    export(0, "weights", "base", "--dtype", "f32");
    export(1, "weights", "rounded");
    export(1, "weights", "edited", "--dtype", "f32");
    export(1, "lora", "adapter");
    export(2, "weights", "biases", "--dtype", "f32");
    export(2, "steered", "steered");

    assertThat(loaded("base", "rounded", "edited", "adapter", "biases", "steered"))
        .contains(
            "rounded: transformers",
            "edited: transformers",
            "adapter: peft",
            "biases: transformers",
            "steered: lm_eval");
  }

  private void export(int cell, String form, String name, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("export", folder.resolve("results/world").toString()));
    command.addAll(List.of("--cell", Integer.toString(cell), "--as", form));
    command.addAll(List.of("--to", folder.resolve(name).toString()));
    command.addAll(List.of(options));
    succeeds(command.toArray(String[]::new));
  }

  private void succeeds(String... arguments) throws Exception {
    Program.Ended ended = program.run(arguments);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
  }

  /** What the script says of exports; it fails when a logit or log-likelihood differs too much. */
  private String loaded(String... names) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getenv("TRIMTAB_BENCH_PYTHON"));
    command.add(SCRIPT.toString());
    command.addAll(List.of(names));
    command.addAll(List.of("--base", "base"));
    Path output = folder.resolve("python.txt");
    Process python =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = python.waitFor();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(code).as(said).isZero();
    return said;
  }
}
