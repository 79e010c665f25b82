package org.trimtab.track;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.run.CellJournal;
import org.trimtab.run.FakeWorkbench;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.SamplePlan;
import org.trimtab.run.SampleRun;
import org.trimtab.track.FaultyMlflow.Fault;
import org.trimtab.track.TrackedRuns.Run;

class ReplayTest {
  private static final Plan PLAN = SamplePlan.sweep(20);
  private static final int CELLS = 13;

  /** For servers that answer, however busy this machine is. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(20),
          Duration.ofMillis(20),
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          Duration.ofMinutes(5));

  /** For servers that now and then do not answer: each time costs this deadline. */
  private static final Timeouts OF_HANGING =
      new Timeouts(
          Duration.ofSeconds(1),
          TIMEOUTS.interval(),
          TIMEOUTS.pause(),
          TIMEOUTS.longestPause(),
          TIMEOUTS.quiet());

  @TempDir static Path undisturbed;

  @TempDir Path folder;
  private ResultFolder results;

  @BeforeAll
  static void run() {
    SampleRun.run(PLAN, new FakeWorkbench(20, 4), undisturbed);
  }

  @BeforeEach
  void copy() throws Exception {
    results = CopiedFolder.of(ResultFolder.of(undisturbed, PLAN), folder);
    Files.writeString(results.specFile(), "name: sample-sweep\nmodel: tiny\n");
    Files.createDirectories(results.report().resolve("figures"));
    Files.writeString(results.report().resolve("figures/layers 1.svg"), "<svg/>");
    Files.createDirectories(results.report().resolve("mlflow"));
    Files.writeString(results.report().resolve("mlflow/table.json"), "{}");
  }

  private SyncResult sync(FaultyMlflow server) {
    return sync(server, TIMEOUTS);
  }

  private SyncResult sync(FaultyMlflow server, Timeouts timeouts) {
    return Sync.send(results.path(), server.environment(), SyncProgress.SILENT, timeouts).get(0);
  }

  private CellJournal journal(Cell cell) {
    return results.journal(cell).orElseThrow();
  }

  private static Run run(FaultyMlflow server, Cell cell) {
    return Objects.requireNonNull(server.runs.byKey().get("cell/" + cell.id()));
  }

  @Test
  void everyCellIsOneRunBelowTheSweepWithTheNumbersOfItsJournal() {
    try (FaultyMlflow server = FaultyMlflow.sound()) {
      SyncResult synced = sync(server);

      assertThat(synced.text())
          .startsWith("sample-sweep: 13 cells, 13 new, 0 updated, 0 unchanged, 0 failed")
          .contains("/#/experiments/1/runs?workflowType=machine_learning\n")
          .contains("\nComparison: ")
          .contains("\nSaved view: ");
      assertThat(server.runs.byKey()).hasSize(1 + CELLS);
      Run sweep = Objects.requireNonNull(server.runs.byKey().get("sweep/sample-sweep"));
      assertThat(sweep.status).isEqualTo("FINISHED");
      assertThat(sweep.files)
          .containsOnlyKeys(
              "spec.yaml",
              "cells.csv",
              "environment.json",
              "report/figures/layers 1.svg",
              "report/mlflow/table.json");
      assertThat(sweep.tag("mlflow.loggedArtifacts"))
          .isEqualTo("[{\"path\":\"report/mlflow/table.json\",\"type\":\"table\"}]");
      for (Cell cell : PLAN.cells()) {
        assertHolds(run(server, cell), journal(cell), sweep.id);
      }
    }
  }

  private static void assertHolds(Run run, CellJournal journal, String parent) {
    assertThat(run.tag("mlflow.parentRunId")).isEqualTo(parent);
    assertThat(run.tag(RunContent.KIND)).isEqualTo("cell");
    assertThat(run.tag("mlflow.runName")).isEqualTo(journal.cell().label());
    assertThat(run.status).isEqualTo("FINISHED");
    assertThat(journal.metrics()).hasSize(4);
    journal
        .metrics()
        .forEach((name, value) -> assertThat(run.last(name).value()).as(name).isEqualTo(value));
    assertThat(run.metrics.get("truthfulqa/mc1")).hasSize(1);
    assertThat(run.last("truthfulqa-mc/items").value())
        .isEqualTo(journal.results("truthfulqa-mc").size());
    assertThat(run.files)
        .containsOnlyKeys("cell.json", "items.truthfulqa-mc.json", "items.perplexity.json");
  }

  @Test
  void everyCellHasTheSameParams() {
    try (FaultyMlflow server = FaultyMlflow.sound()) {
      sync(server);
      Set<Set<String>> keys =
          PLAN.cells().stream()
              .map(cell -> run(server, cell).params.keySet())
              .collect(Collectors.toSet());
      assertThat(keys).hasSize(1);
      assertThat(run(server, PLAN.cells().get(2)).params)
          .containsEntry("method", "directional-edit")
          .containsEntry("layers", "5-29")
          .containsEntry("layers.from", "5")
          .containsEntry("layers.to", "29")
          .containsEntry("factor", "-1.0")
          .containsEntry("settings.direction.hidden_state", "18")
          .containsEntry("model", "tiny")
          .containsEntry("seed", "0")
          .containsEntry("train.fold", "1")
          .containsEntry("perplexity.tokens", "20000");
      assertThat(run(server, PLAN.cells().get(0)).params)
          .containsEntry("method", "baseline")
          .containsEntry("layers", "none")
          .containsEntry("layers.from", "none")
          .containsEntry("factor", "none")
          .containsEntry("train.fold", "none");
    }
  }

  @Test
  void itemsAreTablesThatBeginWithTheQuestion() throws Exception {
    try (FaultyMlflow server = FaultyMlflow.sound()) {
      sync(server);
      Cell cell = PLAN.cells().get(1);
      Run run = run(server, cell);
      assertThat(run.tag("mlflow.loggedArtifacts"))
          .contains("{\"path\":\"items.truthfulqa-mc.json\",\"type\":\"table\"}");
      JsonNode table = new ObjectMapper().readTree(run.files.get("items.truthfulqa-mc.json"));
      assertThat(table.path("columns").toString())
          .isEqualTo("[\"question\",\"item\",\"mc1\",\"mc2\",\"mc3\",\"details.mc1\"]");
      assertThat(table.path("data")).hasSize(10);
      JsonNode row = table.path("data").path(3);
      assertThat(row.path(1).asInt()).isEqualTo(6);
      double mc2 =
          journal(cell).results("truthfulqa-mc").stream()
              .filter(result -> result.item() == 6)
              .mapToDouble(result -> result.scores().getOrDefault("mc2", -1.0))
              .sum();
      assertThat(row.path(3).doubleValue()).isEqualTo(mc2);
      assertThat(run.datasets)
          .anyMatch(dataset -> dataset.startsWith("truthfulqa train"))
          .anyMatch(dataset -> dataset.startsWith("wikitext-2 evaluation"));
    }
  }

  @Test
  void aSecondReplayWritesNothing() {
    try (FaultyMlflow server = FaultyMlflow.sound()) {
      sync(server);
      int writes = server.writes().size();

      SyncResult again = sync(server);

      assertThat(server.writes()).hasSize(writes);
      assertThat(again.text()).contains("0 new, 0 updated, 13 unchanged, 0 failed");
    }
  }

  @Test
  void whatChangedAfterwardsIsSentAlone() throws Exception {
    try (FaultyMlflow server = FaultyMlflow.sound()) {
      sync(server);
      int writes = server.writes().size();
      Files.writeString(results.report().resolve("table.md"), "| a |");

      SyncResult again = sync(server);

      assertThat(again.unchanged()).isEqualTo(CELLS);
      assertThat(server.writes().subList(writes, server.writes().size()))
          .anyMatch(request -> request.endsWith("/report/table.md"))
          .noneMatch(request -> request.endsWith("runs/create"));
    }
  }

  /** A tenth of the requests fails in one way; in the end the server has what a sound one has. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DROPPED_AFTER_COMMIT", "ERROR_AFTER_COMMIT", "ERROR"})
  void aServerThatFailsOftenEndsWithTheSame(Fault fault) {
    CounterRandom random = CounterRandom.of(0, "faults");
    FaultyMlflow.Plan often =
        (number, request) -> random.uniform(number) < 0.1 ? fault : Fault.NONE;
    try (FaultyMlflow sound = FaultyMlflow.sound();
        FaultyMlflow faulty = new FaultyMlflow(new TrackedRuns(), 0, often)) {
      sync(sound);
      SyncResult synced = sync(faulty);

      assertThat(synced.problems()).isEmpty();
      assertThat(contents(faulty)).isEqualTo(contents(sound));
    }
  }

  /** These cost a deadline each, so they are few. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"TOO_MANY_REQUESTS", "SILENCE", "SLOW"})
  void aServerThatHangsNowAndThenEndsWithTheSame(Fault fault) {
    try (FaultyMlflow sound = FaultyMlflow.sound();
        FaultyMlflow faulty =
            new FaultyMlflow(
                new TrackedRuns(),
                0,
                (number, request) -> number == 7 || number == 40 ? fault : Fault.NONE)) {
      sync(sound);
      SyncResult synced = sync(faulty, OF_HANGING);

      assertThat(synced.problems()).isEmpty();
      assertThat(contents(faulty)).isEqualTo(contents(sound));
    }
  }

  /** A creation whose answer is lost, and which the server carries out at once. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DROPPED_AFTER_COMMIT", "ERROR_AFTER_COMMIT", "SILENCE"})
  void noRunIsCreatedTwice(Fault fault) {
    boolean[] done = new boolean[1];
    FaultyMlflow.Plan once =
        (number, request) -> {
          boolean now = request.endsWith("runs/create") && number > 12 && !done[0];
          done[0] |= now;
          return now ? fault : Fault.NONE;
        };
    try (FaultyMlflow server = new FaultyMlflow(new TrackedRuns(), 0, once)) {
      assertThat(sync(server, OF_HANGING).problems()).isEmpty();
      assertThat(done[0]).isTrue();
      assertThat(server.runs.runs).hasSize(1 + CELLS);
    }
  }

  @Test
  void aRunThatIsThereTwiceIsReducedToOne() throws Exception {
    try (FaultyMlflow server = FaultyMlflow.sound()) {
      sync(server);
      Run first = run(server, PLAN.cells().get(3));
      Run twin = new Run("f".repeat(32), first.experiment);
      twin.tags.putAll(first.tags);
      server.runs.runs.put(twin.id, twin);

      sync(server);

      assertThat(twin.deleted).isTrue();
      assertThat(server.runs.byKey()).hasSize(1 + CELLS);
    }
  }

  @Test
  void aServerThatIsGoneIsToldAndItsSuccessorGetsEverythingOnce() {
    TrackedRuns kept = new TrackedRuns();
    int port;
    try (FaultyMlflow dying =
        new FaultyMlflow(
            kept, 0, (number, request) -> number < 30 ? Fault.NONE : Fault.DROPPED_AFTER_COMMIT)) {
      port = dying.port();
      SyncResult half = sync(dying, TIMEOUTS.atOnce());
      assertThat(half.complete()).isFalse();
      assertThat(half.missing()).isPositive();
    }
    Map<String, String> nowhere = Map.of("MLFLOW_TRACKING_URI", "http://127.0.0.1:" + port);
    SyncResult none = Sync.send(folder, nowhere, SyncProgress.SILENT, TIMEOUTS.atOnce()).get(0);
    assertThat(none.problems().get(0))
        .startsWith("the MLflow server http://127.0.0.1:" + port + " does not answer (");
    try (FaultyMlflow sound = FaultyMlflow.sound();
        FaultyMlflow successor = new FaultyMlflow(kept, port, (number, request) -> Fault.NONE)) {
      sync(sound);
      assertThat(sync(successor).problems()).isEmpty();
      assertThat(contents(successor)).isEqualTo(contents(sound));
    }
  }

  @Test
  void anUnknownHostNameIsAnsweredWithTheOptionThatAllowsIt() {
    try (FaultyMlflow server =
        new FaultyMlflow(new TrackedRuns(), 0, (number, request) -> Fault.WRONG_HOST)) {
      assertThat(sync(server).problems())
          .singleElement()
          .asString()
          .contains("--allowed-hosts 127.0.0.1:" + server.port());
    }
  }

  @Test
  void aMissingAccountIsAnsweredWithTheVariables() {
    try (FaultyMlflow server =
        new FaultyMlflow(new TrackedRuns(), 0, (number, request) -> Fault.UNAUTHORIZED)) {
      assertThat(sync(server).problems())
          .singleElement()
          .asString()
          .contains("401", "MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_TOKEN");
    }
  }

  @Test
  void aServerThatRepeatsTheAccountTellsNobody() {
    try (FaultyMlflow server =
        new FaultyMlflow(new TrackedRuns(), 0, (number, request) -> Fault.ECHO)) {
      Map<String, String> token = new HashMap<>(server.environment());
      token.put("MLFLOW_TRACKING_TOKEN", "a-token-of-some-length");
      Map<String, String> account = new HashMap<>(server.environment());
      account.put("MLFLOW_TRACKING_USERNAME", "someone");
      account.put("MLFLOW_TRACKING_PASSWORD", "hush-hush-hush");
      String encoded = Base64.getEncoder().encodeToString("someone:hush-hush-hush".getBytes(UTF_8));
      for (Map<String, String> environment : List.of(token, account)) {
        assertThat(
                Sync.send(results.path(), environment, SyncProgress.SILENT, TIMEOUTS)
                    .get(0)
                    .problems())
            .singleElement()
            .asString()
            .contains("answers '400 xxx")
            .doesNotContain("a-token", "hush", encoded.substring(0, 4));
      }
    }
  }

  @Test
  void aTokenWithALineBreakIsNamedAndNotShown() {
    Map<String, String> environment =
        Map.of("MLFLOW_TRACKING_URI", "http://localhost:1", "MLFLOW_TRACKING_TOKEN", "hush\nhush");
    assertThatThrownBy(() -> Sync.send(results.path(), environment, SyncProgress.SILENT, TIMEOUTS))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("MLFLOW_TRACKING_TOKEN has a line break")
        .hasMessageNotContaining("hush");
  }

  @Test
  void anEndlessAnswerIsNotReadToItsEnd() {
    try (FaultyMlflow server =
        new FaultyMlflow(new TrackedRuns(), 0, (number, request) -> Fault.ENDLESS)) {
      assertThat(sync(server, OF_HANGING.atOnce()).problems())
          .singleElement()
          .asString()
          .contains("the answer is longer than 67,108,864 bytes");
    }
  }

  @Test
  void aFileThatIsRefusedMarksItsCellAndTheOthersGoOn() {
    Cell bad = PLAN.cells().get(4);
    String[] run = {"?"};
    try (FaultyMlflow server =
        new FaultyMlflow(
            new TrackedRuns(),
            0,
            (number, request) -> request.contains(run[0]) ? Fault.NO_SPACE : Fault.NONE)) {
      run[0] = "%032x".formatted(1 + 1 + bad.index()) + "/artifacts/items.perplexity";
      SyncResult synced = sync(server);
      assertThat(synced.fresh()).isEqualTo(CELLS - 1);
      assertThat(synced.missing()).isEqualTo(1);
      assertThat(synced.problems()).singleElement().asString().contains("413", "items.perplexity");
    }
  }

  @Test
  void aDivergedCellIsAFailedRunThatSaysWhy() {
    results =
        SampleRun.run(
            PLAN,
            SampleRun.diverging(new FakeWorkbench(20, 4), 1.5, 7, 31, 2),
            folder.resolve("diverged"));
    try (FaultyMlflow server = FaultyMlflow.sound()) {
      assertThat(sync(server).problems()).isEmpty();
      Run run = run(server, PLAN.cells().get(5));
      assertThat(run.status).isEqualTo("FAILED");
      assertThat(run.tag(RunContent.STATUS)).isEqualTo("diverged");
      assertThat(run.tag(RunContent.REASON)).contains("layer 7");
      assertThat(run.files).containsOnlyKeys("cell.json");
      assertThat(run(server, PLAN.cells().get(1)).status).isEqualTo("FINISHED");
    }
  }

  @Test
  void aDamagedJournalIsTheMatterOfItsCellAlone() throws Exception {
    Files.writeString(results.cell(PLAN.cells().get(2).id()).journal(), "{}\n");
    try (FaultyMlflow server = FaultyMlflow.sound()) {
      SyncResult synced = sync(server);
      assertThat(synced.fresh()).isEqualTo(CELLS - 1);
      assertThat(synced.problems()).singleElement().asString().contains("journal is damaged");
    }
  }

  @Test
  void aParamThatAnotherSpellingSentFirstStays() throws Exception {
    try (FaultyMlflow server = FaultyMlflow.sound()) {
      sync(server);
      Files.writeString(results.specFile(), "name: sample-sweep\nmodel: folder/of/tiny\n");
      assertThat(sync(server).problems()).isEmpty();
      assertThat(run(server, PLAN.cells().get(0)).params).containsEntry("model", "tiny");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite:///mlflow.db", "./mlruns", "http://", "http://user:word@host"})
  void addressesOfNoServerAreRefusedWithoutTellingPasswords(String address) {
    assertThatThrownBy(
            () ->
                Sync.send(
                    folder, Map.of("MLFLOW_TRACKING_URI", address), SyncProgress.SILENT, TIMEOUTS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("http://HOST:PORT")
        .hasMessageNotContaining("word@");
  }

  @Test
  void aFolderWithoutResultsIsToldHowToMakeThem() {
    assertThatThrownBy(
            () -> Sync.send(folder.resolve("none"), Map.of(), SyncProgress.SILENT, TIMEOUTS))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Sync.send(folder, Map.of(), SyncProgress.SILENT, TIMEOUTS))
        .hasMessageContaining("./run mlflow");
  }

  @Test
  void theServerOfThisProjectIsFoundByItsFile() throws Exception {
    try (FaultyMlflow server = FaultyMlflow.sound()) {
      Files.createDirectories(folder.resolve("mlflow"));
      Files.writeString(
          folder.resolve("mlflow/server.json"),
          "{\"uri\": \"http://127.0.0.1:" + server.port() + "\", \"pid\": 1}");
      List<SyncResult> synced = Sync.send(folder, Map.of(), SyncProgress.SILENT, TIMEOUTS);
      assertThat(synced).singleElement().extracting(SyncResult::fresh).isEqualTo(CELLS);
    }
  }

  /** All that a server holds, without ids and times of requests. */
  private static Map<String, Object> contents(FaultyMlflow server) {
    Map<String, Object> contents = new TreeMap<>();
    server
        .runs
        .byKey()
        .forEach(
            (key, run) -> {
              Map<String, String> tags = new TreeMap<>(run.tags);
              // Parents have other ids on another server, and so has what depends on them.
              tags.keySet().removeAll(Set.of("mlflow.parentRunId", RunContent.REPLAYED));
              Map<String, String> files = new LinkedHashMap<>();
              run.files.forEach(
                  (path, bytes) -> files.put(path, new RunContent.Digest().add(bytes).text()));
              contents.put(
                  key,
                  List.of(
                      run.status, run.ended, tags, run.params, run.metrics, run.datasets, files));
            });
    return contents;
  }
}
