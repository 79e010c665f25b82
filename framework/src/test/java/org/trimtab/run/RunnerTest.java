package org.trimtab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.evaluate.score.DivergedException;
import org.trimtab.io.Hashes;
import org.trimtab.io.Json;
import org.trimtab.model.weights.MappedWeights;
import org.trimtab.model.weights.Safetensors;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;

class RunnerTest {
  private static final Plan PLAN = SamplePlan.sweep(40);

  @TempDir private Path folder;

  @Test
  void runsEveryCellAndLeavesOutItemsThatItLearnedFrom() throws IOException {
    RunOutcome outcome = run("a", bench());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.count(CellStatus.DONE)).isEqualTo(13);
    Cell fold1 = PLAN.cells().get(2);
    List<String> lines = Files.readAllLines(files("a", fold1).path().resolve("items.jsonl"));
    assertThat(lines).hasSize(20);
    assertThat(lines.get(0)).startsWith("{\"item\":1,\"question\":");
    assertThat(files("a", fold1).path().resolve("items.perplexity.jsonl")).exists();
  }

  @Test
  void aSecondRunReusesEverythingAndOpensNoWorkbench() {
    run("a", bench());

    RunOutcome again =
        Runner.run(
            PLAN,
            () -> {
              throw new AssertionError("nothing is left to run");
            },
            folder.resolve("a"),
            RunOptions.all(SamplePlan.HERE),
            Progress.SILENT,
            new Interrupt());

    assertThat(again.exitCode()).isZero();
    assertThat(again.cells()).allMatch(RunOutcome.CellOutcome::reused);
  }

  @Test
  void anInterruptedRunContinuesToTheSameBytes() throws IOException {
    run("undisturbed", bench());
    for (int stop = 1; ; stop += 7) {
      Interrupt interrupt = new Interrupt();
      int last = stop;
      FakeWorkbench workbench = bench();
      workbench.beforeBatch(
          (cell, batch) -> {
            if (workbench.batches() == last) {
              interrupt.request();
            }
          });
      RunOutcome outcome = run("stopped", workbench, interrupt);
      if (!outcome.interrupted()) {
        break;
      }
      assertThat(outcome.exitCode()).isEqualTo(130);
    }

    assertThat(exports("stopped")).isEqualTo(exports("undisturbed"));
    assertThat(journalKinds("stopped")).contains("resume", "pause");
  }

  @Test
  void aJournalCutAtAnyByteContinuesToTheSameBytes() throws IOException {
    Plan two = SamplePlan.ofItems(12).edit("5-29", 1.5, 0).plan();
    run(two, "whole", new FakeWorkbench(12, 4), new Interrupt());
    Map<String, String> expected = exports("whole");
    Path journal = files("whole", two.cells().get(1)).journal();
    byte[] bytes = Files.readAllBytes(journal);

    for (int cut = 0; cut < bytes.length; cut += 101) {
      String name = "cut-" + cut;
      Path copy = files(name, two.cells().get(1)).journal();
      Files.createDirectories(copy.getParent());
      Files.write(copy, Arrays.copyOf(bytes, cut));

      RunOutcome outcome = run(two, name, new FakeWorkbench(12, 4), new Interrupt());

      assertThat(outcome.exitCode()).isZero();
      assertThat(exports(name)).as("cut at byte %d", cut).isEqualTo(expected);
    }
  }

  @Test
  void theDirectionsOfAFitAreKeptAndHeldAgainstTheJournal() throws IOException {
    run("a", bench());
    Cell baseline = PLAN.cells().get(0);
    Cell cell = PLAN.cells().get(2);
    ResultFolder results = new ResultFolder(folder.resolve("a").resolve("sample-sweep"));
    Path kept = files("a", cell).directions();
    assertThat(files("a", baseline).directions()).doesNotExist();
    try (MappedWeights file = Safetensors.open(kept)) {
      assertThat(file.names()).containsExactly("direction.3");
    }
    byte[] content = Files.readAllBytes(kept);
    assertThat(results.summary(cell).orElseThrow().directions()).isEqualTo(Hashes.bytes(content));

    content[content.length - 1] ^= 1;
    Files.write(kept, content);
    for (boolean whole : List.of(true, false)) {
      assertThatThrownBy(() -> Optional.of(whole ? results.journal(cell) : results.summary(cell)))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(kept + ": the cell's directions were changed: SHA-256 ");
    }
    Files.delete(kept);
    assertThatThrownBy(() -> results.journal(cell))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(kept + ": the file of the cell's directions is lost");
  }

  @Test
  void cellsRunApartGiveTheBytesOfOneRun() throws IOException {
    run("whole", bench());
    for (int index = PLAN.cells().size() - 1; index >= 0; index--) {
      Runner.run(
          PLAN,
          RunnerTest::bench,
          folder.resolve("apart"),
          RunOptions.some(PLAN, Integer.toString(index), SamplePlan.HERE),
          Progress.SILENT,
          new Interrupt());
    }
    assertThat(exports("apart")).isEqualTo(exports("whole"));
    run("apart", bench());
    assertThat(exports("apart")).isEqualTo(exports("whole"));
  }

  @Test
  void aDivergedCellStaysDivergedAndTheOthersGoOn() throws IOException {
    FakeWorkbench diverging =
        bench().beforeBatch((cell, batch) -> divergeAtFactor(cell, batch, 1.5));

    RunOutcome outcome = run("a", diverging);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.count(CellStatus.DIVERGED)).isEqualTo(4);
    assertThat(outcome.count(CellStatus.DONE)).isEqualTo(9);
    assertThat(journal("a", outcome, CellStatus.DIVERGED).end())
        .extracting("layer", "position", "item")
        .containsExactly(7, 31, 2);
    assertThat(Files.readString(folder.resolve("a/sample-sweep/cells.csv")))
        .contains(",diverged,false,,,");
    FakeWorkbench sound = bench();
    assertThat(run("a", sound).count(CellStatus.DIVERGED)).isEqualTo(4);
    assertThat(sound.batches()).isZero();
  }

  @Test
  void aScoreThatIsNotFiniteIsNeverWritten() throws IOException {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      String name = "bad" + bad;
      RunOutcome outcome = run(name, bench().scoreOf("directional-edit", bad));

      assertThat(outcome.count(CellStatus.DIVERGED)).isEqualTo(12);
      CellJournal journal = journal(name, outcome, CellStatus.DIVERGED);
      assertThat(journal.results("truthfulqa-mc")).isEmpty();
      assertThat(journal.end())
          .extracting("reason")
          .isEqualTo("truthfulqa-mc: score mc2 of item 0 is not finite");
    }
  }

  @Test
  void aFailedCellKeepsItsTraceAndIsTriedAgain() throws IOException {
    run("undisturbed", bench());
    FakeWorkbench failing =
        bench()
            .beforeBatch(
                (cell, batch) -> {
                  if (cell.index() == 4 && batch == 7) {
                    throw new IllegalStateException("the engine stumbled");
                  }
                });

    RunOutcome outcome = run("a", failing);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.count(CellStatus.FAILED)).isEqualTo(1);
    assertThat(outcome.cells().get(4).reason())
        .isEqualTo("IllegalStateException: the engine stumbled");
    assertThat(files("a", PLAN.cells().get(4)).log())
        .content()
        .contains("the engine stumbled")
        .contains("at org.trimtab.run.");
    assertThat(run("a", bench()).exitCode()).isZero();
    assertThat(exports("a")).isEqualTo(exports("undisturbed"));
  }

  @Test
  void wantOfMemoryFailsTheCellWithAdvice() {
    FakeWorkbench greedy =
        bench()
            .beforeBatch(
                (cell, batch) -> {
                  if (cell.index() == 1) {
                    throw new OutOfMemoryError("Java heap space");
                  }
                });

    RunOutcome outcome = run("a", greedy);

    assertThat(outcome.count(CellStatus.DONE)).isEqualTo(12);
    assertThat(outcome.cells().get(1).reason())
        .startsWith("out of memory (OutOfMemoryError: Java heap space).")
        .contains("smaller model");
  }

  @Test
  void aMetricWhoseNameCannotBeRecordedFailsItsCellAndNamesTheEvaluator() {
    RunOutcome outcome = run("a", bench().namingMetric("MC3"));

    assertThat(outcome.count(CellStatus.FAILED)).isEqualTo(13);
    assertThat(outcome.cells().get(0).reason())
        .startsWith("evaluator truthfulqa-mc gives the name 'truthfulqa/MC3'");
  }

  @Test
  void aBatchThatMixesFoldsIsRefused() {
    assertThatThrownBy(() -> run("a", bench().mixingFolds()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("truthfulqa-mc: batch 0 mixes items");
  }

  @Test
  void aCellBegunOnAnotherDeviceStartsAgain() throws IOException {
    interruptAfter(5, bench());
    Environment gpu = SamplePlan.environment("gpu:0");
    FakeWorkbench workbench = bench();

    Runner.run(
        PLAN,
        () -> workbench,
        folder.resolve("a"),
        RunOptions.some(PLAN, "1", gpu),
        Progress.SILENT,
        new Interrupt());

    assertThat(workbench.batches()).isEqualTo(5 + 3);
    CellJournal journal =
        new ResultFolder(folder.resolve("a/sample-sweep"))
            .journal(PLAN.cells().get(1))
            .orElseThrow();
    assertThat(journal.environment().device()).isEqualTo("gpu:0");
    assertThat(journal.status()).isEqualTo(CellStatus.DONE);
  }

  @Test
  void aFitThatComesOutDifferentlyStartsTheCellAgain() throws IOException {
    interruptAfter(5, bench());
    List<String> messages = new ArrayList<>();
    FakeWorkbench other = bench().fitFact("another fit");

    Runner.run(
        PLAN,
        () -> other,
        folder.resolve("a"),
        RunOptions.some(PLAN, "1", SamplePlan.HERE),
        new Progress() {
          @Override
          public void message(String text) {
            messages.add(text);
          }
        },
        new Interrupt());

    assertThat(other.batches()).isEqualTo(5 + 3);
    assertThat(messages).singleElement().asString().contains("the cell starts again");
  }

  @Test
  void twoRunsOfTheSameCellAtOnceShareItsResult() throws Exception {
    Plan one = SamplePlan.ofItems(40).baseline(0).plan();
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    FakeWorkbench slow =
        bench()
            .beforeBatch(
                (cell, batch) -> {
                  working.countDown();
                  await(goOn);
                });
    Thread first = new Thread(() -> run(one, "a", slow, new Interrupt()));
    first.start();
    await(working);
    FakeWorkbench second = bench();

    RunOutcome outcome =
        Runner.run(
            one,
            () -> second,
            folder.resolve("a"),
            RunOptions.all(SamplePlan.HERE),
            new Progress() {
              @Override
              public void message(String text) {
                assertThat(text).startsWith("cell 0 (baseline) is being run by this process");
                goOn.countDown();
              }
            },
            new Interrupt());
    first.join();

    assertThat(outcome.cells().get(0).reused()).isTrue();
    assertThat(second.batches()).isZero();
    assertThat(journalKinds("a")).containsOnlyOnce("start").doesNotContain("resume");
  }

  @Test
  void optionsNameCellsByIndexMethodOrId() {
    assertThat(PLAN.cells().stream().filter(some("1-3,5").cells())).hasSize(4);
    assertThat(PLAN.cells().stream().filter(some("directional-edit").cells())).hasSize(12);
    String id = PLAN.cells().get(6).id();
    assertThat(PLAN.cells().stream().filter(some(id.substring(0, 9)).cells())).hasSize(1);
    assertThat(PLAN.cells().stream().filter(some(id).cells())).hasSize(1);
    assertThatThrownBy(() -> some("13"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("indices (0-12)")
        .hasMessageContaining("baseline, directional-edit");
  }

  @Test
  void optionsNameCellsByTheAliasOfTheirMethod() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    Plan plan =
        SamplePlan.ofItems(4)
            .baseline(0)
            .alias("first", "directional-edit", settings.deepCopy().put("factor", 0.0))
            .alias("second", "directional-edit", settings.deepCopy().put("factor", -8.0))
            .plan();

    assertThat(plan.cells().stream().filter(some(plan, "second").cells()))
        .containsExactly(plan.cells().get(2));
    assertThat(plan.cells().stream().filter(some(plan, "directional-edit").cells())).hasSize(2);
    assertThatThrownBy(() -> some(plan, "third")).hasMessageContaining("baseline, first, second");
  }

  private static RunOptions some(Plan plan, String text) {
    return RunOptions.some(plan, text, SamplePlan.HERE);
  }

  private static RunOptions some(String text) {
    return RunOptions.some(PLAN, text, SamplePlan.HERE);
  }

  private static FakeWorkbench bench() {
    return new FakeWorkbench(40, 4);
  }

  private static void divergeAtFactor(Cell cell, int batch, double factor) {
    if (cell.settings().path("factor").asDouble() == factor && batch % 5 == 2) {
      throw new DivergedException(7, 31, batch);
    }
  }

  private void interruptAfter(int batches, FakeWorkbench workbench) {
    Interrupt interrupt = new Interrupt();
    workbench.beforeBatch(
        (cell, batch) -> {
          if (workbench.batches() == batches - 1) {
            interrupt.request();
          }
        });
    Runner.run(
        PLAN,
        () -> workbench,
        folder.resolve("a"),
        RunOptions.some(PLAN, "1", SamplePlan.HERE),
        Progress.SILENT,
        interrupt);
    assertThat(workbench.batches()).isEqualTo(batches);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private RunOutcome run(String name, FakeWorkbench workbench) {
    return run(name, workbench, new Interrupt());
  }

  private RunOutcome run(String name, FakeWorkbench workbench, Interrupt interrupt) {
    return run(PLAN, name, workbench, interrupt);
  }

  private RunOutcome run(Plan plan, String name, FakeWorkbench workbench, Interrupt interrupt) {
    return Runner.run(
        plan,
        () -> workbench,
        folder.resolve(name),
        RunOptions.all(SamplePlan.HERE),
        Progress.SILENT,
        interrupt);
  }

  private CellFolder files(String name, Cell cell) {
    return new ResultFolder(folder.resolve(name).resolve("sample-sweep")).cell(cell.id());
  }

  private CellJournal journal(String name, RunOutcome outcome, CellStatus status) {
    Cell cell =
        outcome.cells().stream()
            .filter(one -> one.status() == status)
            .findFirst()
            .orElseThrow()
            .cell();
    return new ResultFolder(folder.resolve(name).resolve("sample-sweep"))
        .journal(cell)
        .orElseThrow();
  }

  private Map<String, String> exports(String name) throws IOException {
    return ExportedFiles.read(folder.resolve(name));
  }

  private List<String> journalKinds(String name) throws IOException {
    List<String> kinds = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve(name))) {
      for (Path file : files.filter(path -> path.endsWith("journal.jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          kinds.add(Json.MAPPER.readTree(line).required("kind").asText());
        }
      }
    }
    return kinds;
  }
}
