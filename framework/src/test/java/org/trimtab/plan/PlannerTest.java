package org.trimtab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.trimtab.plan.TestFacts.DATASETS;
import static org.trimtab.plan.TestFacts.MODEL;
import static org.trimtab.plan.TestFacts.plan;
import static org.trimtab.spec.TestSpecs.SAMPLE;
import static org.trimtab.spec.TestSpecs.sampleWith;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.method.DirectionalEditSettings;
import org.trimtab.method.Methods;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.Key;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Precision;
import org.trimtab.spec.Registry;
import org.trimtab.spec.Spec;
import org.trimtab.spec.TestSpecs;
import org.trimtab.spec.bind.Settings;
import org.trimtab.spec.bind.SpecPrinter;
import org.trimtab.spec.bind.SpecReader;
import org.trimtab.spec.yaml.SpecProblems;

class PlannerTest {
  /** Settings of a quiz whose items go by another name. */
  public record ChapterSettings(
      @Key("the data set") DatasetName dataset, @Key("items to score") ItemSet chapters)
      implements EvaluationSettings {
    @Override
    public Optional<ItemSet> scored() {
      return Optional.of(chapters);
    }

    @Override
    public ChapterSettings resolved(int available, OptionalInt planLimit) {
      return this;
    }
  }

  @Test
  void argumentsOfTheChatTemplateEnterTheIdentityOnlyWhenGiven() {
    Plan plain = plan(SAMPLE);
    Plan quick = plan(SAMPLE + "thinking: false\ntemplate_arguments: {reasoning_effort: low}\n");

    assertThat(plain.cells().get(0).identity().has("template")).isFalse();
    assertThat(quick.cells().get(0).identity().get("template"))
        .hasToString("{\"enable_thinking\":false,\"reasoning_effort\":\"low\",\"thinking\":false}");
    assertThat(quick.cells().get(0).id()).isNotEqualTo(plain.cells().get(0).id());
  }

  @Test
  void expandsMethodsLevelsSeedsAndFoldsInOrder() {
    assertThat(labels(plan(SAMPLE)))
        .containsExactly(
            "baseline",
            "directional-edit layers=5-29 factor=-1.0 fold 1/2",
            "directional-edit layers=5-29 factor=-1.0 fold 2/2",
            "directional-edit layers=5-29 factor=1.5 fold 1/2",
            "directional-edit layers=5-29 factor=1.5 fold 2/2",
            "directional-edit layers=22-29 factor=-1.0 fold 1/2",
            "directional-edit layers=22-29 factor=-1.0 fold 2/2",
            "directional-edit layers=22-29 factor=1.5 fold 1/2",
            "directional-edit layers=22-29 factor=1.5 fold 2/2",
            "random-direction layers=5-29 factor=-1.0 fold 1/2",
            "random-direction layers=5-29 factor=-1.0 fold 2/2",
            "random-direction layers=5-29 factor=1.5 fold 1/2",
            "random-direction layers=5-29 factor=1.5 fold 2/2",
            "random-direction layers=22-29 factor=-1.0 fold 1/2",
            "random-direction layers=22-29 factor=-1.0 fold 2/2",
            "random-direction layers=22-29 factor=1.5 fold 1/2",
            "random-direction layers=22-29 factor=1.5 fold 2/2");
  }

  @Test
  void theFactorWrittenLastIsTheFastestAndTheBaselineComesFirst() {
    String spec =
        sampleWith("  baseline: {}\n", "")
            .replace("    factor: [-1.0, 1.5]\n", "")
            .replace("    layers:", "    factor: [-1.0, 1.5]\n    layers:")
            .replace("random-direction: {like: directional-edit}", "baseline:");

    assertThat(labels(plan(spec, "methods.directional-edit.train.folds=", "seed=[0, 1]")))
        .startsWith(
            "baseline",
            "baseline",
            "directional-edit factor=-1.0 layers=5-29 fold 1/2",
            "directional-edit factor=-1.0 layers=5-29 fold 2/2",
            "directional-edit factor=-1.0 layers=5-29 fold 1/2",
            "directional-edit factor=-1.0 layers=5-29 fold 2/2",
            "directional-edit factor=-1.0 layers=22-29 fold 1/2")
        .hasSize(2 + 2 * 2 * 2 * 2);
  }

  @Test
  void aCellKnowsTheKeyThatTheSpecGivesItsMethod() {
    Plan named = plan(SAMPLE);
    Plan aliased =
        plan(
            sampleWith("directional-edit:", "mine:\n    method: directional-edit")
                .replace("random-direction: {like: directional-edit}", ""));

    assertThat(aliased.cells())
        .extracting(Cell::id)
        .isEqualTo(named.cells().subList(0, 9).stream().map(Cell::id).toList());
    assertThat(aliased.cells().subList(1, 9))
        .allMatch(cell -> cell.key().equals("mine") && cell.method().equals("directional-edit"))
        .allMatch(cell -> cell.label().startsWith("mine layers="));
    assertThat(aliased.hasAliases()).isTrue();
    assertThat(named.hasAliases()).isFalse();
  }

  @Test
  void aMethodThatMakesNoCellOfItsOwnIsNothingToCompareWith() {
    String spec =
        SAMPLE
            .replace(
                "  random-direction: {like: directional-edit}\n", "  plain: {method: baseline}\n")
            .replace("against: baseline", "against: plain");

    assertThatThrownBy(() -> plan(spec))
        .isInstanceOf(SpecProblems.class)
        .hasMessageStartingWith(
            "spec.yaml:12:3: 'plain' is the same as 'baseline'; leave one out\n"
                + "spec.yaml:12:3: every cell of 'plain' is one of another method of this spec");
  }

  @Test
  void aMethodMayBeScoredByPartOfTheEvaluations() {
    Plan all = plan(SAMPLE);
    Plan part = plan(SAMPLE.replace("    factor: [-1.0, 1.5]\n", "    evaluate: perplexity\n"));

    assertThat(part.cells().get(0).id()).isEqualTo(all.cells().get(0).id());
    assertThat(part.evaluations()).isEqualTo(all.evaluations());
    for (Cell cell : part.cells()) {
      boolean baseline = cell.method().equals("baseline");
      assertThat(cell.evaluations())
          .as(cell.label())
          .extracting(PlannedEvaluation::name)
          .isEqualTo(baseline ? List.of("truthfulqa-mc", "perplexity") : List.of("perplexity"));
      assertThat(cell.identity().path("evaluations")).hasSize(baseline ? 2 : 1);
    }
    assertThat(part.scoredBy(part.evaluations().get(0)))
        .extracting(Cell::method)
        .containsOnly("baseline");
  }

  @Test
  void settingsAreResolvedAndBindToTheirRecord() {
    Cell cell = plan(SAMPLE).cells().get(16);

    assertThat(cell.settings())
        .hasToString(
            "{\"like\":\"directional-edit\","
                + "\"train\":{\"dataset\":\"truthfulqa\",\"folds\":2,\"leaky\":false},"
                + "\"direction\":{\"hidden_state\":18,\"source\":\"one\",\"lines\":\"cards\"},\"layers\":\"22-29\","
                + "\"factor\":1.5,\"side\":\"output\",\"norm_preserving\":false}");
    DirectionalEditSettings settings =
        Settings.bind(cell.settings(), DirectionalEditSettings.class);
    LayerRange layers = settings.layers().only();
    assertThat(List.of(layers.first(30), layers.last(30))).containsExactly(22, 29);
    assertThat(settings.factor().only()).isEqualTo(1.5);
  }

  @Test
  void controlsTakeTheirOwnLevels() {
    String spec =
        sampleWith("{like: directional-edit}", "{like: directional-edit, factor: 3, layers: 7}");

    assertThat(labels(plan(spec)))
        .contains("random-direction layers=7 factor=3.0 fold 2/2")
        .hasSize(1 + 8 + 2);
  }

  @Test
  void namedItemsAreTrainedOnAndAllOthersScored() {
    Cell cell = only(plan(items("items: 0-99, limit: 50")), "directional-edit");

    assertThat(training(cell).items()).hasToString("0-49");
    assertThat(scored(cell)).hasToString("100-816");
    assertThat(cell.label()).isEqualTo("directional-edit layers=5-29 factor=1.5");
  }

  @Test
  void leakyCellsTrainOnAllAndScoreAll() {
    Cell cell = only(plan(items("leaky: true")), "directional-edit");

    assertThat(training(cell).items()).hasToString("0-816");
    assertThat(training(cell).leaky()).isTrue();
    assertThat(scored(cell)).hasToString("0-816");
  }

  @Test
  void aLimitTakesTheFirstItemsOfEverything() {
    Plan plan = plan(OptionalInt.of(10), items("folds: 2"));

    assertThat(plan.cells().get(0).evaluations().get(0).settings().get("items").asText())
        .isEqualTo("0-9");
    Set<ItemSet> trained =
        plan.cells().stream()
            .filter(cell -> cell.training() != null)
            .map(cell -> training(cell).items())
            .collect(Collectors.toSet());
    assertThat(trained)
        .hasSize(2)
        .allMatch(items -> items.size() == 5 && items.below(10).equals(items));
  }

  @Test
  void sameCellsAreOne() {
    assertThat(plan(SAMPLE, "methods.directional-edit.layers=[5-29, last 25]").cells()).hasSize(9);
    String twice =
        sampleWith(
            "random-direction: {like: directional-edit}",
            "again: {method: directional-edit, train: {dataset: truthfulqa}, layers: 5-29}");
    assertThat(plan(twice).cells()).hasSize(9);
  }

  @Test
  void allThatTheModelAndTheDataDontAllowIsToldAtItsPlace() {
    String spec =
        sampleWith("[5-29, last 25%]", "[5-31, last 31, 3]")
            .replace("60%", "40")
            .replace("truthfulqa-mc: {}", "truthfulqa-mc: {items: 800-900}");

    assertThatThrownBy(() -> plan(spec))
        .isInstanceOf(SpecProblems.class)
        .hasMessage(
            """
            spec.yaml:9:31: hidden_state 40: the model has hidden states 0-30
            spec.yaml:10:14: layers 5-31: the model has layers 0-29
            spec.yaml:10:20: layers last 31: the model has layers 0-29
            spec.yaml:14:26: items 800-900: truthfulqa has items 0-816\
            """);
    assertThatThrownBy(() -> plan(items("items: 0-900")))
        .hasMessage("spec.yaml:8:12: items 0-900: truthfulqa has items 0-816");
    assertThatThrownBy(() -> plan(items("items: 0-816")))
        .hasMessage(
            "spec.yaml:8:12: a cell of 'directional-edit' learns from all items that truthfulqa-mc"
                + " scores; train on fewer, or say 'leaky: true'");
    assertThatThrownBy(() -> plan(OptionalInt.of(3), items("folds: 4")))
        .hasMessage("spec.yaml:8:12: folds 4: truthfulqa has 3 items, fewer than folds");
    assertThatThrownBy(() -> plan(OptionalInt.of(3), items("items: 5-9")))
        .hasMessage("spec.yaml:8:12: items 5-9: limit 3 leaves none of them to learn from");
    assertThatThrownBy(() -> plan(OptionalInt.of(0), SAMPLE))
        .hasMessage("--limit 0: must be at least 1");
    assertThatThrownBy(() -> plan(SAMPLE, "methods.directional-edit.layers=40"))
        .hasMessage(
            "--set methods.directional-edit.layers=40: layers 40: the model has layers 0-29");
  }

  @Test
  void theInputSideNeedsHeadsAsWideAsTheResidualStream() {
    ModelFacts wide = new ModelFacts("wide", 30, 576, 1024, 4096, "w", "t", () -> true);

    assertThatThrownBy(
            () ->
                Planner.plan(
                    TestSpecs.spec(SAMPLE, "methods.directional-edit.side=[output, input]"),
                    wide,
                    DATASETS,
                    "cpu",
                    Precision.FLOAT32,
                    OptionalInt.empty()))
        .hasMessage(
            """
            spec.yaml:7:3: side input needs heads as wide as the residual stream; wide has 1024 and \
            576; use side: output
            spec.yaml:12:3: side input needs heads as wide as the residual stream; wide has 1024 and \
            576; use side: output\
            """);
  }

  @Test
  void aMillionCellsAreAMistake() {
    String hundred = levels(500);

    assertThatThrownBy(
            () ->
                plan(
                    items("items: 0-9"),
                    "methods.directional-edit.factor=" + hundred,
                    "methods.directional-edit.layers=" + hundred))
        .hasMessage(
            "spec.yaml:7:3: with 'directional-edit' the spec expands to 250,001 cells, more than"
                + " 100,000; use fewer levels, folds or seeds");
  }

  /** The numbers below {@code count}. */
  private static String levels(int count) {
    return IntStream.range(0, count).boxed().toList().toString();
  }

  @Test
  void ninetyNineThousandCellsArePlannedInSeconds() {
    Plan plan =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () ->
                plan(
                    items("items: 0-9"),
                    "methods.directional-edit.factor=" + levels(33_333),
                    "methods.directional-edit.layers=[0, 1, 2]"));

    assertThat(plan.cells().size()).isBetween(99_999, 100_000);
    assertThat(plan.cells().get(99_998).identity().path("evaluations"))
        .as("what all cells have in common is there once")
        .isSameAs(plan.cells().get(1).identity().path("evaluations"));
  }

  @Test
  void aMethodThatIsAnotherUnderAnAliasIsAMistake() {
    String copy =
        """
          again:
            method: directional-edit
            train: {dataset: truthfulqa, items: 0-9}
            direction: {hidden_state: 60%}
            layers: LAYERS
            factor: 1.5
        """;
    String spec = items("items: 0-9");

    assertThatThrownBy(() -> plan(withMethod(spec, copy.replace("LAYERS", "5 - 29"))))
        .hasMessage("spec.yaml:12:3: 'again' is the same as 'directional-edit'; leave one out");
    Plan partly = plan(withMethod(spec, copy.replace("LAYERS", "[5-29, 3]")));
    assertThat(partly.cells()).extracting(Cell::key).containsOnlyOnce("again");
  }

  @Test
  void anEvaluationThatIsAnotherUnderAnAliasIsAMistake() {
    String twice =
        SAMPLE.replace("evaluate:\n", "evaluate:\n  again: {evaluator: truthfulqa-mc}\n");

    assertThatThrownBy(() -> plan(twice))
        .hasMessageContaining("'truthfulqa-mc' measures the same as 'again'; leave one out");
  }

  /** A spec with one more method. */
  private static String withMethod(String spec, String method) {
    return spec.replace("evaluate:\n", method + "evaluate:\n");
  }

  @Test
  void levelsThatTheModelMakesEqualAreOneCell() {
    assertThat(ids(plan(items("items: 0-9"), "methods.directional-edit.layers=[last 2, 28-29]")))
        .isEqualTo(ids(plan(items("items: 0-9"), "methods.directional-edit.layers=28-29")));
  }

  @Test
  void pathsOfPenaltiesThatAreTooLongAreAMistake() {
    String spec =
        withMethod(
            items("items: 0-9"),
            """
              learned-delta:
                train: {dataset: truthfulqa, items: 0-9}
                layers: 5
                lambda1: 0
                lambda2: LEVELS
            """);

    assertThat(plan(spec.replace("LEVELS", levels(100))).cells().get(2).bases()).hasSize(1);
    assertThatThrownBy(() -> plan(spec.replace("LEVELS", levels(300))))
        .hasMessage(
            "spec.yaml:12:3: the cells of 'learned-delta' start from each other on paths of more"
                + " than 200 penalties, or 100,000 altogether; use fewer penalties, or say"
                + " 'warm_start: false'");
    assertThat(plan(spec.replace("LEVELS", levels(300) + "\n    warm_start: false")).cells())
        .hasSize(302);
  }

  @Test
  void cellsAreCountedWithFoldsAndSeedsOverAllMethods() {
    String half = levels(125);
    String[] overrides = {
      "seed=[1, 2]",
      "methods.directional-edit.factor=" + half,
      "methods.directional-edit.layers=" + half,
      "methods.other.method=directional-edit",
      "methods.other.train.dataset=truthfulqa",
      "methods.other.train.folds=2",
      "methods.other.layers=" + half,
      "methods.other.factor=" + half
    };

    assertThatThrownBy(() -> plan(items("folds: 2"), overrides))
        .hasMessageContaining("with 'other' the spec expands to 125,002 cells");
  }

  @Test
  void thePrintedSpecGivesTheSamePlan() {
    String[] overrides = {
      "seed=[3, 4]",
      "methods.per.method=directional-edit",
      "methods.per.factor=[2, 1]",
      "methods.per.train.dataset=truthfulqa",
      "methods.per.direction.source=per-layer",
      "methods.per.layers=[1, 40%-80%]"
    };
    for (String spec : List.of(SAMPLE, items("items: 0-99, limit: 7"), items("leaky: true"))) {
      String printed = SpecPrinter.print(TestSpecs.spec(spec, overrides));

      assertThat(plan(printed)).isEqualTo(plan(spec, overrides));
    }
  }

  /** A new key of a method gives its cells new ids; nothing else may. */
  @Test
  void idsStayTheSame() {
    List<String> ids = plan(SAMPLE).cells().stream().map(Cell::id).toList();

    assertThat(List.of(ids.get(0), ids.get(1), ids.get(16)))
        .containsExactly("90062a3707f63284", "fa990b31a6865c57", "7d10a55dbb02320e");
  }

  @Test
  void anythingThatResultsDependOnChangesTheId() {
    Plan plan = plan(SAMPLE);
    ModelFacts other =
        new ModelFacts("tiny", 30, 576, 576, 4096, "v".repeat(64), "t".repeat(64), () -> true);
    ModelFacts tokens =
        new ModelFacts("tiny", 30, 576, 576, 4096, "w".repeat(64), "s".repeat(64), () -> true);

    assertThat(
            List.of(
                plan(SAMPLE, "seed=1"),
                plan(SAMPLE, "evaluate.perplexity.tokens=20001"),
                plan(SAMPLE, "evaluate.truthfulqa-mc.limit=816"),
                plan(SAMPLE, "methods.directional-edit.train.folds=3"),
                on(other, "cpu", Precision.FLOAT32),
                on(tokens, "cpu", Precision.FLOAT32),
                on(MODEL, "gpu", Precision.FLOAT32),
                on(MODEL, "cpu", Precision.FLOAT16)))
        .allSatisfy(changed -> assertThat(ids(changed)).doesNotContainAnyElementsOf(ids(plan)));
  }

  @Test
  void dataOfAKindThatAMethodCannotLearnFromIsRefused() {
    assertThatThrownBy(
            () -> plan(items("items: 0").replace("dataset: truthfulqa", "dataset: wikitext-2")))
        .isInstanceOf(SpecProblems.class)
        .hasMessageStartingWith(
            "spec.yaml:8:22: data set 'wikitext-2' has running text; directional-edit learns from"
                + " multiple-choice questions");
  }

  @Test
  void aModelWithoutChatTemplateIsRefusedWhereOneIsNeeded() {
    ModelFacts plain =
        new ModelFacts("base", 30, 576, 576, 4096, "w".repeat(64), "t".repeat(64), () -> false);

    assertThatThrownBy(() -> on(plain, "cpu", Precision.FLOAT32))
        .isInstanceOf(SpecProblems.class)
        .hasMessageStartingWith(
            "spec.yaml:7:3: 'directional-edit' writes prompts into the chat template, and base has"
                + " none");
    Spec answers = TestSpecs.spec(SAMPLE, "methods.directional-edit.direction.lines=answers");
    assertThat(
            Planner.plan(answers, plain, DATASETS, "cpu", Precision.FLOAT32, OptionalInt.empty())
                .cells())
        .hasSize(17);
  }

  @Test
  void aControlIsLikeAMethodWhoseSettingsItUnderstands() {
    String spec =
        sampleWith(
            "random-direction: {like: directional-edit}", "random-delta: {like: directional-edit}");

    assertThatThrownBy(() -> plan(spec))
        .isInstanceOf(SpecProblems.class)
        .hasMessage(
            "spec.yaml:12:24: 'like' names 'directional-edit'; this spec has no method that it can"
                + " be like");
  }

  @Test
  void anEvaluatorNamesItsItemsAsItLikes() {
    Registry registry =
        new Registry(
            Methods.all(),
            List.of(new TestSpecs.Declared("chapters", 1, "chapters", ChapterSettings.class)),
            Set.of("truthfulqa"));
    String text =
        items("items: 0-99")
            .replace("truthfulqa-mc: {}", "chapters: {dataset: truthfulqa, chapters: 50-59}")
            .replace("  perplexity: {dataset: wikitext-2, tokens: 20000}\n", "");
    Spec spec =
        new SpecReader(registry)
            .read("spec.yaml", text.getBytes(StandardCharsets.UTF_8), List.of());

    assertThatThrownBy(
            () ->
                Planner.plan(spec, MODEL, DATASETS, "cpu", Precision.FLOAT32, OptionalInt.empty()))
        .isInstanceOf(SpecProblems.class)
        .hasMessageContaining("'directional-edit' learns from all items that chapters scores");
  }

  @ParameterizedTest
  @ValueSource(strings = {"folds: 2", "leaky: true"})
  void learningFromADatasetThatIsNotScoredHasNoFoldsAndIsNotLeaky(String train) {
    Plan plan =
        plan(
            items(train)
                .replace("  truthfulqa-mc: {}\n", "")
                .replaceAll("truthfulqa/\\w+", "wikitext/perplexity"));

    assertThat(labels(plan)).containsExactly("baseline", "directional-edit layers=5-29 factor=1.5");
    Training training = Objects.requireNonNull(plan.cells().get(1).training());
    assertThat(training.leaky()).isFalse();
    assertThat(training.folds()).isEqualTo(1);
    assertThat(training.items()).isEqualTo(ItemSet.first(817));
  }

  @Test
  void namesAndOrderDoNotChangeTheId() {
    String renamed =
        SAMPLE
            .replace("name: sample", "name: other")
            .replace("Does it help?", "Why?")
            .replace("like: directional-edit", "like: mine")
            .replace("  directional-edit:\n", "  mine:\n    method: directional-edit\n")
            .replace("truthfulqa-mc: {}", "truthfulqa-mc: {items: [0-99, 100-816]}")
            .replace("[5-29, last 25%]", "[last 25, 22-29]");

    assertThat(ids(plan(renamed))).isEqualTo(ids(plan(SAMPLE)));
  }

  private static Plan on(ModelFacts model, String device, Precision precision) {
    return Planner.plan(
        TestSpecs.spec(SAMPLE), model, DATASETS, device, precision, OptionalInt.empty());
  }

  private static String items(String train) {
    return sampleWith("folds: 2", train)
        .replace("[-1.0, 1.5]", "1.5")
        .replace("[5-29, last 25%]", "5-29")
        .replace("  random-direction: {like: directional-edit}\n", "");
  }

  private static List<String> labels(Plan plan) {
    return plan.cells().stream().map(Cell::label).toList();
  }

  private static List<String> ids(Plan plan) {
    return plan.cells().stream().map(Cell::id).toList();
  }

  private static Cell only(Plan plan, String method) {
    List<Cell> cells = plan.cells().stream().filter(c -> c.method().equals(method)).toList();
    assertThat(cells).hasSize(1);
    return cells.get(0);
  }

  private static Training training(Cell cell) {
    return Objects.requireNonNull(cell.training());
  }

  private static ItemSet scored(Cell cell) {
    return ItemSet.of(
        ItemSet.first(817).ids().stream().filter(i -> cell.scores("truthfulqa", i)).toList());
  }
}
