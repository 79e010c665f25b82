package org.trimtab.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trimtab.plan.Plan;
import org.trimtab.run.FakeWorkbench;
import org.trimtab.run.Interrupt;
import org.trimtab.run.Progress;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.RunOptions;
import org.trimtab.run.RunOutcome;
import org.trimtab.run.Runner;
import org.trimtab.run.SamplePlan;
import org.trimtab.track.FaultyMlflow.Fault;

/** Tracking while a run goes on. */
class TrackingTest {
  private static final Plan PLAN = SamplePlan.ofItems(8).baseline(0).edit("5-29", 1.5, 0).plan();

  /** For servers that answer, however busy this machine is. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(20),
          Duration.ofMillis(5),
          Duration.ofMillis(5),
          Duration.ofMillis(50),
          Duration.ofMinutes(1));

  /** For servers that never do what they should. */
  private static final Timeouts SHORT =
      new Timeouts(
          Duration.ofMillis(300),
          TIMEOUTS.interval(),
          TIMEOUTS.pause(),
          TIMEOUTS.longestPause(),
          Duration.ofMillis(500));

  @TempDir Path folder;

  private RunOutcome run(Path results, Progress progress) {
    return Runner.run(
        PLAN,
        () -> new FakeWorkbench(8, 4),
        results,
        RunOptions.all(SamplePlan.HERE),
        progress,
        new Interrupt());
  }

  /** A run under tracking; returns what the user is told at its end. */
  private List<String> trackedRun(Map<String, String> environment, Timeouts timeouts) {
    Path results = folder.resolve("tracked");
    ResultFolder own = ResultFolder.of(results, PLAN);
    try (Tracking tracking =
        new Tracking(environment, results, own, SyncProgress.SILENT, timeouts)) {
      assertThat(run(results, tracking).exitCode()).isZero();
      return tracking.end(() -> false);
    }
  }

  @Test
  void aRunIsInMlflowWhenItEnds() throws IOException {
    try (FaultyMlflow server =
        new FaultyMlflow(new TrackedRuns(), 0, (number, request) -> Fault.NONE)) {
      List<String> told = trackedRun(server.environment(), TIMEOUTS);

      String page = "http://127.0.0.1:" + server.port() + "/#/";
      assertThat(told).hasSize(3);
      assertThat(told.get(0))
          .isEqualTo("Runs:       " + page + "experiments/1/runs?workflowType=machine_learning");
      assertThat(told.get(1)).startsWith("Comparison: " + page + "compare-runs?runs=");
      assertThat(told.get(2)).startsWith("Saved view: " + page + "experiments/1/runs?");
      assertThat(server.runs.byKey()).hasSize(1 + 3);
      assertThat(server.runs.byKey().values()).allMatch(run -> run.status.equals("FINISHED"));
    }
    assertSameAsUntracked();
  }

  /** Whatever the server does, the run ends with the same bytes and says how to send the rest. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ERROR", "SILENCE", "SLOW", "WRONG_HOST", "DROPPED_AFTER_COMMIT"})
  void aUselessServerChangesNothing(Fault fault) throws IOException {
    try (FaultyMlflow server = new FaultyMlflow(new TrackedRuns(), 0, (number, request) -> fault)) {
      List<String> told = trackedRun(server.environment(), SHORT);

      assertThat(told.get(told.size() - 1))
          .endsWith("./run sync " + folder.resolve("tracked/sample-sweep"));
      assertThat(told.get(0)).startsWith("Not everything is in MLflow: the MLflow server ");
    }
    assertSameAsUntracked();
  }

  @Test
  void withoutAServerTheUserIsToldHowToGetOne() throws IOException {
    assertThat(trackedRun(Map.of(), TIMEOUTS))
        .containsExactly("To see the results in a browser: ./run mlflow");
    assertSameAsUntracked();
  }

  @Test
  void anAddressThatIsNoneDoesNotStopTheRun() throws IOException {
    assertThat(trackedRun(Map.of("MLFLOW_TRACKING_URI", "sqlite:///mlflow.db"), TIMEOUTS))
        .singleElement()
        .asString()
        .startsWith("Not in MLflow: MLFLOW_TRACKING_URI is 'sqlite:///mlflow.db'");
    assertSameAsUntracked();
  }

  private void assertSameAsUntracked() throws IOException {
    run(folder.resolve("untracked"), Progress.SILENT);
    assertThat(exports("tracked")).isEqualTo(exports("untracked")).hasSize(2 + 2 * 3);
  }

  private Map<String, String> exports(String results) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Path root = folder.resolve(results);
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        if (file.toString().matches(".*(plan.json|cells.csv|items[^/]*.jsonl)")) {
          files.put(root.relativize(file).toString(), Files.readString(file));
        }
      }
    }
    return files;
  }
}
