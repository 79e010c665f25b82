package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A sweep of a tiny model, read back from a real MLflow server. */
@EnabledIfEnvironmentVariable(
    named = "TRIMTAB_MLFLOW",
    matches = ".+",
    disabledReason = "set TRIMTAB_MLFLOW to the mlflow executable of a virtual environment")
class MlflowIT {
  private static final int CELLS = 13;
  private static final Map<String, String> PREFIXES =
      Map.of("truthfulqa-mc", "truthfulqa/", "perplexity", "wikitext/");

  @TempDir Path folder;
  private Program program;
  private RealMlflow server;
  private Path spec;

  @BeforeEach
  void start() throws Exception {
    server = new RealMlflow(System.getenv("TRIMTAB_MLFLOW"), folder.resolve("mlflow"));
    program = new Program(folder, 24).with("MLFLOW_TRACKING_URI", server.uri());
    spec =
        program.spec(
            "tiny",
            """
            baseline: {}
            directional-edit:
              train: {dataset: truthfulqa, folds: 2}
              layers: [0-3, last 2]
              factor: [-1.0, 1.5]
            random-direction: {like: directional-edit, layers: 0-3, factor: 1.5}
            shuffled-labels: {like: directional-edit, layers: 0-3, factor: 1.5}
            """);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private String[] sweep(String results) {
    return new String[] {spec.toString(), "--results", folder.resolve(results).toString()};
  }

  @Test
  void aSweepIsReadBackNumberByNumber() throws Exception {
    Program.Ended ended = program.run(sweep("results"));
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains(
            "Runs:       " + server.uri() + "/#/experiments/", "Comparison: ", "Saved view: ");
    assertThat(ended.output()).doesNotContain("Not all is in MLflow");

    List<JsonNode> before = server.runs("tiny");
    assertHoldsTheJournals(before);
    assertThat(before.stream().flatMap(run -> RealMlflow.values(run, "metrics").keySet().stream()))
        .contains("system/system_memory_usage_megabytes");
    JsonNode cell =
        before.stream().filter(run -> tag(run, "trimtab.kind").equals("cell")).toList().get(0);
    assertThat(
            server
                .get("/api/2.0/mlflow/artifacts/list?run_id=" + id(cell))
                .path("files")
                .findValuesAsText("path"))
        .containsExactlyInAnyOrder(
            "cell.json", "items.perplexity.json", "items.truthfulqa-mc.json");
    assertThat(cell.path("inputs").path("dataset_inputs").findValuesAsText("name"))
        .contains("truthfulqa", "wikitext-2");

    Program.Ended again = program.run("sync", folder.resolve("results/tiny").toString());
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.output()).contains("0 new, 0 updated, 13 unchanged, 0 failed");
    assertThat(server.runs("tiny")).isEqualTo(before);
  }

  @Test
  void aServerThatIsKilledInTheMiddleLosesNothingAndHasNothingTwice() throws Exception {
    Process running = program.start(sweep("results"));
    while (running.isAlive() && server.runs("tiny").size() < 3) {
      Thread.sleep(50);
    }
    assertThat(running.isAlive()).isTrue();
    server.kill();
    assertThat(running.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(running.exitValue()).isZero();
    server.restart();

    Program.Ended synced = program.run("sync", folder.resolve("results").toString());
    assertThat(synced.exitCode()).as(synced.output()).isZero();

    assertHoldsTheJournals(server.runs("tiny"));
    assertThat(new Program(folder, 24).run(sweep("untracked")).exitCode()).isZero();
    assertThat(Program.results(folder.resolve("results/tiny")))
        .isEqualTo(Program.results(folder.resolve("untracked/tiny")));
  }

  private void assertHoldsTheJournals(List<JsonNode> runs) throws Exception {
    Map<String, JsonNode> byKey = new TreeMap<>();
    runs.forEach(run -> byKey.put(tag(run, "trimtab.key"), run));
    assertThat(runs).hasSize(1 + CELLS);
    assertThat(byKey).hasSize(1 + CELLS);
    JsonNode sweep = Objects.requireNonNull(byKey.remove("sweep/tiny"));
    assertThat(sweep.path("info").path("status").asText()).isEqualTo("FINISHED");
    Set<Set<String>> params = new HashSet<>();
    for (Map.Entry<String, JsonNode> entry : byKey.entrySet()) {
      JsonNode run = entry.getValue();
      assertThat(tag(run, "mlflow.parentRunId")).isEqualTo(id(sweep));
      assertThat(run.path("info").path("status").asText()).isEqualTo("FINISHED");
      params.add(RealMlflow.values(run, "params").keySet());
      Map<String, Double> journaled = journaled(entry.getKey().substring("cell/".length()));
      assertThat(journaled).hasSizeGreaterThan(3);
      Map<String, JsonNode> metrics = RealMlflow.values(run, "metrics");
      journaled.forEach(
          (name, value) -> {
            JsonNode metric = Objects.requireNonNull(metrics.get(name), name);
            assertThat(metric.path("value").doubleValue()).as(name).isEqualTo(value);
            assertThat(metric.path("step").asInt()).isZero();
          });
    }
    assertThat(params).hasSize(1);
  }

  /** Metrics as a cell's journal has them, read without the program's help. */
  private Map<String, Double> journaled(String cell) throws Exception {
    ObjectMapper json = new ObjectMapper();
    Map<String, Double> metrics = new TreeMap<>();
    Path journal = folder.resolve("results/tiny/cells").resolve(cell).resolve("journal.jsonl");
    for (String text : Files.readAllLines(journal)) {
      JsonNode line = json.readTree(text);
      String prefix = PREFIXES.get(line.path("evaluation").asText());
      line.path("metrics")
          .properties()
          .forEach(entry -> metrics.put(prefix + entry.getKey(), entry.getValue().doubleValue()));
    }
    return metrics;
  }

  private static String id(JsonNode run) {
    return run.path("info").path("run_id").asText();
  }

  private static String tag(JsonNode run, String name) {
    JsonNode tag = RealMlflow.values(run, "tags").get(name);
    return tag == null ? "" : tag.path("value").asText();
  }
}
