package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One evaluator several times under names of its own, and few-shot prompts. */
class TaskSweepTest {
  private static final String SPEC =
      """
      name: tasks
      question: Do examples help?
      model: %s
      methods:
        baseline: {}
        few-shot: {train: {dataset: world-opposites, share: 60%%}, shots: [0, 2]}
        directional-edit:
          train: {dataset: truthfulqa, folds: 2}
          layers: 2-3
          factor: -1.5
      evaluate:
        opposites: {evaluator: exact-match, dataset: world-opposites, limit: 40, new_tokens: 4}
        plurals: {evaluator: exact-match, dataset: world-plurals, limit: 12, new_tokens: 4}
        opinion: {dataset: world-opinions, limit: 6}
        texts: {dataset: world-opposites, limit: 20, max_new_tokens: 12, chat_template: false}
      """;

  @TempDir Path folder;
  private Program program;

  @BeforeEach
  void set() {
    program = new Program(folder, 12);
  }

  private Program.Ended sweep(Path spec, String results) throws Exception {
    return program.run(spec.toString(), "--results", folder.resolve(results).toString());
  }

  @Test
  void aliasesAreMeasuredApartAndKilledRunsResumeToTheSameBytes() throws Exception {
    Path spec = program.write("tasks.yaml", SPEC.formatted(folder.resolve("model")));
    long begin = System.nanoTime();
    Program.Ended ended = sweep(spec, "undisturbed");
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    for (double share : new double[] {0.5, 0.8}) {
      Process process =
          program.start(spec.toString(), "--results", folder.resolve("killed").toString());
      process.waitFor((long) (whole * share), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    assertThat(sweep(spec, "killed").exitCode()).isZero();
    String results = Program.results(folder.resolve("undisturbed/tasks"));
    assertThat(Program.results(folder.resolve("killed/tasks"))).isEqualTo(results);

    assertThat(results)
        .contains("opposites/exact_match", "opposites/rank_median", "plurals/reciprocal_rank")
        .contains("world-opinions/representativeness", "opposites/items", "items.plurals.jsonl");
    Program.Ended verified = program.run("verify", folder.resolve("undisturbed/tasks").toString());
    assertThat(verified.output()).contains("files from journals: all the same.");
    assertThat(verified.exitCode()).isZero();
  }

  /** The model was trained on documents of six to eight pairs under one rule. */
  @Test
  void examplesShowTheEmbeddedModelTheRule() throws Exception {
    Path spec =
        program.write(
            "rules.yaml",
            """
            name: rules
            question: Does the model tell the rule from examples?
            model: world
            methods:
              baseline: {}
              few-shot: {train: {dataset: world-opposites, folds: 2}, shots: 5}
            evaluate:
              exact-match: {dataset: world-opposites}
            report:
              table:
                rows: [method]
                columns: [world-opposites/exact_match, world-opposites/rank_median]
                against: baseline
            """);
    Program.Ended ended = sweep(spec, "results");
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    List<String> cells = Files.readAllLines(folder.resolve("results/rules/cells.csv"));
    List<Double> matches = new ArrayList<>();
    int column = List.of(cells.get(0).split(",", -1)).indexOf("world-opposites/exact_match");
    for (String line : cells.subList(1, cells.size())) {
      String[] values = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
      matches.add(Double.valueOf(values[column]));
    }
    assertThat(matches).hasSize(3);
    assertThat(matches.get(0)).isBetween(0.8, 0.95);
    assertThat(matches.subList(1, 3)).allMatch(match -> match > 0.95);
    assertThat(ended.output()).contains("McNemar");
  }

  @Test
  void tooFewItemsAreMistakesWithTheirPlace() throws Exception {
    Path spec =
        program.write(
            "wrong.yaml",
            """
            name: wrong
            question: What is wrong?
            model: %s
            methods:
              few-shot: {train: {dataset: world-opposites, items: 0-3}, shots: [3, 5]}
              larger:
                method: few-shot
                train: {dataset: world-opposites, share: 50%%, n: 38}
            evaluate:
              opposites: {evaluator: exact-match, dataset: world-opposites, shots: 1}
            """
                .formatted(folder.resolve("model")));
    Program.Ended ended = sweep(spec, "results");
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
    assertThat(ended.output())
        .contains("wrong.yaml:5:", "shots 5: a cell has 4 items of world-opposites")
        .contains("wrong.yaml:8:", "n 38: a cell has 37 items of world-opposites to learn from")
        .contains("wrong.yaml:10:", "shots 1: 0 items of world-opposites are not scored");
  }
}
