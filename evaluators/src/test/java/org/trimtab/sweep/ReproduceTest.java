package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.ShortCommand;
import org.trimtab.UserException;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.plan.Cell;
import org.trimtab.run.Interrupt;
import org.trimtab.run.Progress;
import org.trimtab.run.Resealed;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.reproduce.Comparison;
import org.trimtab.run.reproduce.Conditions;
import org.trimtab.run.reproduce.Deviation;
import org.trimtab.run.reproduce.Difference;
import org.trimtab.run.reproduce.EvaluationComparison;
import org.trimtab.run.reproduce.Reproduction;
import org.trimtab.run.reproduce.Rerun;
import org.trimtab.run.reproduce.Severity;
import org.trimtab.run.session.Session;

class ReproduceTest {
  private static final String METHODS =
      """
      baseline: {}
      directional-edit: {train: {dataset: truthfulqa, folds: 2}, layers: last 2, factor: 1.5}
      """;

  /** Holds a git repository, the model, the data, and the results of one run. */
  @TempDir private static Path folder = Path.of("");

  private static Conditions.Places places = places(folder);
  private static ResultFolder original = new ResultFolder(folder);

  @BeforeAll
  static void runTheOriginal() throws IOException {
    Path spec = new Program(folder, 16).spec("tiny", METHODS);
    Files.writeString(folder.resolve(".gitignore"), "*\n!tracked.txt\n");
    Files.writeString(folder.resolve("tracked.txt"), "as committed\n");
    git("init");
    git("add", "tracked.txt");
    commit("first");
    places = places(folder);
    Session session =
        Session.open(
            new Session.Request(spec, List.of("seed=3"), OptionalInt.of(12), Optional.empty()),
            places.sources(),
            places.project(),
            places.transfers());
    Path results = folder.resolve("results");
    assertThat(session.run((String) null, results, Progress.SILENT, new Interrupt()).exitCode())
        .isZero();
    original = ResultFolder.of(results, session.plan());
  }

  private static Conditions.Places places(Path project) {
    SourceSettings sources =
        SourceSettings.of(
            Map.of(
                "TRIMTAB_CACHE", project.resolve("cache").toString(),
                "TRIMTAB_DATA", project.resolve("data").toString()),
            project);
    return new Conditions.Places(
        Optional.empty(), sources, project, org.trimtab.data.source.Progress.NONE);
  }

  private static void git(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    assertThat(ShortCommand.output(folder, command)).as("git " + arguments[0]).isPresent();
  }

  private static void commit(String message) {
    git(
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.org",
        "commit",
        "--allow-empty",
        "-qm",
        message);
  }

  private static Reproduction reproduction(String results) {
    return Reproduction.of(original.path(), Optional.of(folder.resolve(results)), places);
  }

  @Test
  void aReproducedRunEqualsTheOriginalByteForByte() throws IOException {
    Reproduction reproduction = reproduction("again");
    assertThat(reproduction.conditions().differences()).isEmpty();
    Comparison comparison = reproduction.run(false, Progress.SILENT, new Interrupt());
    assertThat(comparison.within(0)).isTrue();
    assertThat(comparison.cells()).hasSize(3);
    assertThat(comparison.text(1e-5))
        .contains("truthfulqa-mc  ", "perplexity  ")
        .endsWith("Reproduced: 3 cells equal the original bit for bit.\n");
    assertThat(Program.results(folder.resolve("again/tiny-reproduced@limit=12,seed=3")))
        .isEqualTo(Program.results(original.path()))
        .contains("items.perplexity.jsonl");
  }

  @Test
  void theCommandReproducesWhatTheCommandRan() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Program program = new Program(elsewhere, 12);
    Path spec = program.spec("shell", METHODS);
    assertThat(program.run(spec.toString(), "--limit", "8", "--set", "seed=1").exitCode()).isZero();
    Program.Ended ended = program.run("reproduce", "results/shell@limit=8,seed=1", "--anyway");
    assertThat(ended.output())
        .contains("Reproduced: 3 cells equal the original bit for bit.")
        .doesNotContain("Exception");
    assertThat(ended.exitCode()).isZero();
    assertThat(Program.results(elsewhere.resolve("results/shell-reproduced@limit=8,seed=1")))
        .isEqualTo(Program.results(elsewhere.resolve("results/shell@limit=8,seed=1")));
  }

  @Test
  void aChangedModelFileIsRefused() throws Exception {
    whileChanged(
        folder.resolve("model/config.json"),
        text -> text + " ",
        () ->
            assertRefused(
                "model file config.json", "sha256", "the original's came from local folder"));
  }

  @Test
  void aModelThatIsGoneIsRefused() throws Exception {
    Path model = folder.resolve("model");
    Files.move(model, folder.resolve("moved"));
    try {
      assertRefused("model " + model, "from local folder", "is no model");
    } finally {
      Files.move(folder.resolve("moved"), model);
    }
  }

  @Test
  void aChangedDataSetIsRefused() throws Exception {
    whileChanged(
        folder.resolve("data/wikitext-2/wiki.test.raw"),
        text -> text + "One more.",
        () -> assertRefused("data set wikitext-2", "sha256", "--data names a folder"));
  }

  @Test
  void anotherVersionOfAMethodIsRefused() throws Exception {
    whileChanged(
        original.planFile(),
        text -> text.replaceAll("(\"directional-edit\",\\s+\"version\" ?: )1", "$17"),
        () -> assertRefused("method directional-edit", "version 7", "CHANGELOG.md"));
  }

  @Test
  void anEditedSpecIsRefused() throws Exception {
    whileChanged(
        original.specFile(),
        text -> text.replace("seed: 3", "seed: 4"),
        () -> assertRefused("spec spec.yaml", "sha256", "edited after the run"));
  }

  @Test
  void aPlanOfOtherCellsIsRefused() throws Exception {
    whileChanged(
        original.planFile(),
        text -> text.replaceAll("(\"seed\" ?: )3", "$15"),
        () -> assertRefused("cell 0, baseline", "{seed=5}", "planned differently"));
  }

  @Test
  void changesToTheCommitAreRefusedUnlessTheUserInsists() throws Exception {
    whileChanged(
        folder.resolve("tracked.txt"),
        text -> text + "and then changed\n",
        () -> {
          Conditions conditions = reproduction("dirty").conditions();
          Difference difference = conditions.refusals(false).get(0);
          assertThat(difference.what()).isEqualTo("git commit");
          assertThat(difference.is()).endsWith("-dirty");
          assertThat(difference.severity()).isEqualTo(Severity.CODE);
          assertThat(conditions.refusals(true)).isEmpty();
          assertThatThrownBy(
                  () -> reproduction("dirty").run(false, Progress.SILENT, new Interrupt()))
              .isInstanceOf(UserException.class)
              .hasMessageContaining("git commit. --anyway runs");
          assertThat(reproduction("dirty").run(true, Progress.SILENT, new Interrupt()).within(0))
              .isTrue();
        });
  }

  @Test
  void aReproductionDoesNotMixEnvironments() throws Exception {
    reproduction("mixed").run(false, Progress.SILENT, new Interrupt());
    whileChanged(
        folder.resolve("tracked.txt"),
        text -> text + "and then changed\n",
        () ->
            assertThatThrownBy(
                    () -> reproduction("mixed").run(true, Progress.SILENT, new Interrupt()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("made in another environment. Move it away"));
  }

  /** One line, which nothing overrules. */
  private static void assertRefused(String what, String was, String reason) {
    Reproduction reproduction = reproduction("refused");
    assertThat(reproduction.conditions().refusals(true)).hasSize(1);
    Difference difference = reproduction.conditions().refusals(true).get(0);
    assertThat(difference.what()).isEqualTo(what);
    assertThat(difference.was()).contains(was);
    assertThat(difference.reason()).contains(reason);
    assertThat(reproduction.conditions().text())
        .contains("everything: it is a different experiment");
    assertThatThrownBy(() -> reproduction.run(true, Progress.SILENT, new Interrupt()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(what)
        .hasMessageContaining("no option overrides this");
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  private static void whileChanged(Path file, UnaryOperator<String> change, Runnable check)
      throws IOException {
    String before = Files.readString(file);
    String after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    Resealed.write(file, after);
    try {
      check.run();
    } finally {
      Files.writeString(file, before);
    }
  }

  @Test
  void aRerunFindsTheOneScoreThatWasChangedByPlaceAndSize() throws Exception {
    Cell edited = original.plan().cells().get(1);
    Path journal = original.cell(edited.id()).journal();
    int item = original.journal(edited).orElseThrow().results("truthfulqa-mc").get(2).item();
    whileChanged(
        journal,
        text ->
            text.replaceFirst(
                "(\"item\":" + item + ",\"scores\":\\{[^}]*\"mc2\":)0\\.\\d+", "$10.125"),
        () -> {
          Rerun rerun = Rerun.of(original, session());
          List<Cell> all = rerun.draw(100, 0);
          assertThat(all).hasSize(3);
          Comparison comparison =
              rerun.run(all, folder.resolve("rerun"), Progress.SILENT, new Interrupt());
          assertThat(comparison.within(1e-3)).isFalse();
          assertThat(comparison.cells().get(0).equal()).isTrue();
          EvaluationComparison found = comparison.cells().get(1).evaluations().get(0);
          assertThat(found.differing()).isEqualTo(1);
          Deviation deviation = found.largest().get(0);
          assertThat(deviation.item()).isEqualTo(item);
          assertThat(deviation.place()).isEqualTo("scores.mc2");
          assertThat(deviation.was()).isEqualTo("0.125");
          assertThat(deviation.size())
              .isEqualTo(Math.abs(Double.parseDouble(deviation.is()) - 0.125));
          assertThat(comparison.text(1e-5))
              .contains("item " + item + " scores.mc2: was 0.125, is ")
              .contains("BEYOND")
              .endsWith("NOT reproduced: 1 of 3 cells differ by more than 1e-05.\n");
        });
  }

  @Test
  void aDrawDependsOnTheSeedAlone() {
    Rerun rerun = Rerun.of(original, session());
    assertThat(rerun.draw(2, 5)).hasSize(2).isEqualTo(rerun.draw(2, 5)).doesNotHaveDuplicates();
    assertThat(List.of(0, 1, 2, 3, 4, 5, 6, 7))
        .extracting(seed -> rerun.draw(1, seed).get(0).index())
        .contains(0, 1, 2);
  }

  @Test
  void aRerunNeverWritesIntoTheOriginal() {
    Rerun rerun = Rerun.of(original, session());
    Path results = folder.resolve("results");
    assertThatThrownBy(() -> rerun.run(rerun.draw(1, 0), results, Progress.SILENT, new Interrupt()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is the original itself");
  }

  @Test
  void aRerunOfAnotherPlanIsRefused() {
    Session.Request other =
        new Session.Request(original.specFile(), List.of(), OptionalInt.of(10), Optional.empty());
    Session session = Session.open(other, places.sources(), places.project(), places.transfers());
    assertThatThrownBy(() -> Rerun.of(original, session))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot be run again")
        .hasMessageContaining("./run reproduce");
  }

  private static Session session() {
    return Session.open(
        Session.Request.again(original, List.of(), Optional.empty()),
        places.sources(),
        places.project(),
        places.transfers());
  }
}
