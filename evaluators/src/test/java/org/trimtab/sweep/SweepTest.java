package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.plan.random.CounterRandom;

class SweepTest {
  private static final String SWEEP =
      """
      baseline: {}
      directional-edit:
        train: {dataset: truthfulqa, folds: 2}
        layers: [0-3, last 2]
        factor: [-1.0, 1.5]
      random-direction: {like: directional-edit, layers: 0-3, factor: 1.5}
      shuffled-labels: {like: directional-edit, layers: 0-3, factor: 1.5}
      """;

  @TempDir Path folder;
  private Program program;

  @BeforeEach
  void set() {
    program = new Program(folder, 24);
  }

  private Program.Ended sweep(Path spec, String results) throws Exception {
    return program.run(spec.toString(), "--results", folder.resolve(results).toString());
  }

  @Test
  void aSweepEndsWithATableOfEveryMethodAndControl() throws Exception {
    Program.Ended ended = sweep(program.spec("tiny", SWEEP), "results");
    assertThat(ended.output())
        .contains("baseline", "directional-edit", "random-direction", "shuffled-labels", "2-3")
        .doesNotContain("Exception");
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    List<String> cells = Files.readAllLines(folder.resolve("results/tiny/cells.csv"));
    assertThat(cells).hasSize(1 + 1 + 4 * 2 + 2 + 2);
    assertThat(folder.resolve("results/tiny/report"))
        .isDirectoryContaining("glob:**/table.tex")
        .isDirectoryContaining("glob:**/dose-response.svg")
        .isDirectoryContaining("glob:**/layer-profile.png")
        .isDirectoryContaining("glob:**/trade-off.png");
    Program.Ended verified = program.run("verify", folder.resolve("results/tiny").toString());
    assertThat(verified.output())
        .contains("files from journals: all the same.", "Not checked: dose-response.png, ");
    assertThat(verified.exitCode()).isZero();
  }

  /** The number of kills can be raised: -Dtrimtab.kills=20. */
  @Test
  void killedRunsResumeToTheSameBytes() throws Exception {
    Path spec = program.spec("tiny", SWEEP);
    long begin = System.nanoTime();
    assertThat(sweep(spec, "undisturbed").exitCode()).isZero();
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    int kills = Integer.getInteger("trimtab.kills", 3);
    CounterRandom random = CounterRandom.of(0, "kills");
    for (int kill = 0; kill < kills; kill++) {
      Process process =
          program.start(spec.toString(), "--results", folder.resolve("killed").toString());
      process.waitFor((long) (whole * (0.3 + 0.6 * random.uniform(kill))), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    assertThat(sweep(spec, "killed").exitCode()).isZero();
    assertThat(Program.results(folder.resolve("killed/tiny")))
        .isEqualTo(Program.results(folder.resolve("undisturbed/tiny")));
  }

  @Test
  void cellsRunApartGiveTheSameBytesAsOneRun() throws Exception {
    Path spec =
        program.spec(
            "tiny",
            """
            baseline: {}
            directional-edit: {train: {dataset: truthfulqa, folds: 2}, layers: last 2, factor: 1.5}
            """);
    assertThat(sweep(spec, "together").exitCode()).isZero();
    for (int index = 2; index >= 0; index--) {
      String results = folder.resolve("apart").toString();
      Program.Ended ended =
          program.run(
              "cell", spec.toString(), "--index", Integer.toString(index), "--results", results);
      assertThat(ended.exitCode()).as(ended.output()).isZero();
    }
    assertThat(sweep(spec, "apart").exitCode()).isZero();
    assertThat(Program.results(folder.resolve("apart/tiny")))
        .isEqualTo(Program.results(folder.resolve("together/tiny")));
  }

  @Test
  void aDivergedCellIsNamedAndTheOthersGoOn() throws Exception {
    Path spec =
        program.spec(
            "tiny",
            """
            baseline: {}
            directional-edit:
              train: {dataset: truthfulqa, folds: 2}
              layers: 2-3
              factor: [1e30, 0, 1.5]
            """);
    Program.Ended ended = sweep(spec, "results");
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output()).contains("diverged at layer 2, position", "no-op");
    Map<String, JsonNode> scores = scoresByCell("results/tiny");
    Map<String, String> status = column("results/tiny", "status");
    assertThat(status.values()).containsOnly("done", "diverged");
    Map<String, String> noOp = column("results/tiny", "no_op");
    Map<String, String> factor = column("results/tiny", "factor");
    String baseline = factor.keySet().iterator().next();
    factor.forEach(
        (id, value) -> {
          if (value.equals("0") || value.equals("0.0")) {
            assertThat(noOp).containsEntry(id, "true");
            assertSubset(
                Objects.requireNonNull(scores.get(id)),
                Objects.requireNonNull(scores.get(baseline)));
          }
        });
  }

  private static void assertSubset(JsonNode part, JsonNode whole) {
    assertThat(part.size()).isPositive();
    part.properties()
        .forEach(entry -> assertThat(entry.getValue()).isEqualTo(whole.get(entry.getKey())));
  }

  /** Item lines by item, for each cell in the order of cells.csv. */
  private Map<String, JsonNode> scoresByCell(String results) throws Exception {
    ObjectMapper json = new ObjectMapper();
    Map<String, JsonNode> cells = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve(results).resolve("cells"))) {
      for (Path file : files.filter(path -> path.endsWith("items.jsonl")).toList()) {
        var items = json.createObjectNode();
        for (String line : Files.readAllLines(file)) {
          JsonNode item = json.readTree(line);
          items.set(item.get("item").asText(), item);
        }
        cells.put(String.valueOf(Objects.requireNonNull(file.getParent()).getFileName()), items);
      }
    }
    return cells;
  }

  /** A column of cells.csv by cell id, in the file's order; no value of ours holds a comma. */
  private Map<String, String> column(String results, String name) throws Exception {
    List<String> lines = Files.readAllLines(folder.resolve(results).resolve("cells.csv"));
    List<String> header = List.of(lines.get(0).split(",", -1));
    Map<String, String> column = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
      column.put(values[header.indexOf("id")], values[header.indexOf(name)]);
    }
    return column;
  }

  @Test
  void mistakesInASpecAreLinesWithPlacesAndNothingRuns() throws Exception {
    Path spec =
        program.write(
            "wrong.yaml",
            """
            name: wrong
            question: What is wrong?
            model: %s
            methods:
              baseline: {}
              directional-edit:
                train: {dataset: truthfulqa, folds: 2}
                layers: 3-9
                factr: 1.5
            evaluate:
              truthfulqa-mc: {limit: many}
            """
                .formatted(folder.resolve("model")));
    Program.Ended ended = sweep(spec, "results");
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
    assertThat(ended.output())
        .contains("wrong.yaml:9:5:", "did you mean 'factor'", "wrong.yaml:11:")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("results")).doesNotExist();
  }

  @Test
  void aQuickLookAndAnotherSeedLeaveTheResultsOfTheSpecAlone() throws Exception {
    Path spec = program.spec("tiny", "baseline: {}\n");
    String results = folder.resolve("results").toString();
    assertThat(sweep(spec, "results").exitCode()).isZero();
    String before = Program.results(folder.resolve("results/tiny"));
    String report = Files.readString(folder.resolve("results/tiny/report/index.md"));

    Program.Ended look = program.run(spec.toString(), "--results", results, "--limit", "6");
    Program.Ended seeded = program.run(spec.toString(), "--results", results, "--set", "seed=1");

    assertThat(look.exitCode()).as(look.output()).isZero();
    assertThat(look.output()).contains("QUICK LOOK, not a result: only the first 6 items");
    assertThat(folder.resolve("results/tiny@limit=6/report/index.md"))
        .content()
        .contains("**QUICK LOOK, not a result: only the first 6 items");
    assertThat(folder.resolve("results/tiny@limit=6/report/table.md"))
        .content()
        .contains("QUICK LOOK");
    assertThat(seeded.exitCode()).as(seeded.output()).isZero();
    assertThat(folder.resolve("results/tiny@seed=1/report/index.md"))
        .content()
        .doesNotContain("QUICK LOOK");
    assertThat(Program.results(folder.resolve("results/tiny"))).isEqualTo(before);
    assertThat(folder.resolve("results/tiny/report/index.md")).content().isEqualTo(report);
    Program.Ended verified = program.run("verify", results + "/tiny@limit=6");
    assertThat(verified.exitCode()).as(verified.output()).isZero();
  }

  @Test
  void anotherSpecOfTheSameNameIsRefusedAndAnExtendedOneReusesItsCells() throws Exception {
    String edit =
        """
        baseline: {}
        directional-edit:
          train: {dataset: truthfulqa, items: 0-7}
          layers: 2-3
          factor: %s
        """;
    assertThat(sweep(program.spec("tiny", edit.formatted("0.5")), "results").exitCode()).isZero();
    String before = Program.results(folder.resolve("results/tiny"));
    String report = Files.readString(folder.resolve("results/tiny/report/index.md"));

    Program.Ended other = sweep(program.spec("tiny", edit.formatted("1.5")), "results");

    assertThat(other.exitCode()).as(other.output()).isEqualTo(2);
    assertThat(other.output())
        .contains("results/tiny holds the results of another experiment of this name: 1 of its")
        .contains("factor was 0.5 and is 1.5", "--set name=NAME", "move the folder away")
        .doesNotContain("Exception");
    assertThat(Program.results(folder.resolve("results/tiny"))).isEqualTo(before);
    assertThat(folder.resolve("results/tiny/report/index.md")).content().isEqualTo(report);

    Program.Ended more = sweep(program.spec("tiny", edit.formatted("[0.5, 1.5]")), "results");
    assertThat(more.exitCode()).as(more.output()).isZero();
    assertThat(more.output()).contains("1 cell to run, 2 known from earlier runs");
    assertThat(Files.readAllLines(folder.resolve("results/tiny/cells.csv"))).hasSize(4);
  }
}
