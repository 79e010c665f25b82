package org.trimtab.method.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.model.Decoder;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.intervene.Combined;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.plan.Cell;
import org.trimtab.spec.TestSpecs;
import org.trimtab.spec.yaml.SpecProblems;
import org.trimtab.testing.TinyFits;
import org.trimtab.testing.TinyModel;

/** Learned deltas and their baselines on a tiny model. */
class LearnedDeltaTest {
  private static final double[] ONE = {1};

  private static final String SPEC =
      """
      name: deltas
      question: Does it help?
      model: tiny
      methods:
        baseline: {}
        learned-delta:
          train: {dataset: data/pairs.json, items: 0-3}
          layers: 1
          lambda1: 0.001
          lambda2: 0.01
          steps: 15
        random-delta: {like: learned-delta}
        mean-difference:
          train: {dataset: data/pairs.json, items: 0-3}
          layers: 1
        bias-tuning:
          train: {dataset: data/pairs.json, items: 0-3}
          steps: 3
        composed: {compose: [learned-delta, mean-difference]}
      evaluate:
        perplexity: {dataset: wikitext-2}
      """;

  @TempDir static Path folder = Path.of("");
  private static LanguageModel model;

  @BeforeAll
  static void load() {
    Path path = TinyModel.write(folder.resolve("tiny"));
    model = LanguageModel.load("tiny", path, Device.cpu(), DataType.FLOAT32);
  }

  @AfterAll
  static void unload() {
    model.close();
  }

  /** What is kept of prompts must change nothing: the same loss from whole sequences. */
  @Test
  void theLossIsThatOfWholeSequences() {
    Decoder decoder = model.decoder();
    List<Example> pairs =
        List.of(
            Example.of(new int[] {81, 58, 32, 97}, new int[] {98, 99, 100}),
            Example.of(new int[] {65}, new int[] {66, 67}),
            Example.of(new int[] {81, 58, 33}, new int[] {70}));
    List<Example> opinions =
        List.of(
            new Example(
                new int[] {81, 58, 32},
                List.of(new int[] {97}, new int[] {97, 98}, new int[] {99, 100, 101}),
                new double[] {0.5, 0.3, 0.2}));
    for (PromptEndDelta.Site site : PromptEndDelta.Site.values()) {
      assertSame(decoder, pairs, TaskObjective.NLL, site);
      assertSame(decoder, opinions, TaskObjective.KL, site);
    }
  }

  private static void assertSame(
      Decoder decoder, List<Example> examples, TaskObjective objective, PromptEndDelta.Site site) {
    float[] vector = new float[32];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = 0.3f * (i % 5 - 2);
    }
    Function<NDArray, Intervention> made = values -> new PromptEndDelta(2, site, values);
    try (TaskLoss kept = TaskLoss.atPromptEnd(decoder, examples, objective, 2, made);
        TaskLoss whole = TaskLoss.everywhere(decoder, examples, objective, made)) {
      Loss.Point found = kept.point(vector);
      Loss.Point wanted = whole.point(vector);
      assertThat(found.value()).isCloseTo(wanted.value(), within(1e-5));
      assertThat(found.gradient()).containsExactly(wanted.gradient(), within(1e-5f));
      assertThat(kept.value(vector)).isEqualTo(found.value());
      assertThat(kept.value(new float[32])).isNotCloseTo(found.value(), within(1e-4));
      assertSlope(kept, vector, found);
    }
  }

  /** The gradient against a central difference along itself. */
  private static void assertSlope(Loss loss, float[] vector, Loss.Point at) {
    double squares = 0;
    for (float slope : at.gradient()) {
      squares += (double) slope * slope;
    }
    double norm = Math.sqrt(squares);
    float[] ahead = vector.clone();
    float[] behind = vector.clone();
    for (int i = 0; i < vector.length; i++) {
      ahead[i] += (float) (0.02 * at.gradient()[i] / norm);
      behind[i] -= (float) (0.02 * at.gradient()[i] / norm);
    }
    assertThat((loss.value(ahead) - loss.value(behind)) / 0.04)
        .isCloseTo(norm, within(0.02 * norm + 1e-3));
  }

  @Test
  void theSameCellHasTheSameBitsAloneAndAmongOthers() {
    List<Cell> path =
        cells(
                SPEC,
                "methods.learned-delta.lambda2=[0.01, 0.3, 0.05]",
                "methods.composed.compose=[mean-difference]")
            .stream()
            .filter(cell -> cell.method().equals("learned-delta"))
            .toList();
    Map<String, LearnedVector> shared = new HashMap<>();
    for (Cell cell : path) {
      float[] together = delta(fit(cell, shared));
      float[] alone = delta(fit(cell, new HashMap<>()));
      assertThat(together).containsExactly(alone);
    }
    Map<String, Object> weak = fit(path.get(0), shared).facts();
    Map<String, Object> strong = fit(path.get(1), shared).facts();
    assertThat((Double) weak.get("loss")).isLessThan((Double) weak.get("loss.unsteered"));
    assertThat((Integer) strong.get("zeros")).isGreaterThan((Integer) weak.get("zeros"));
  }

  private static final String CHOOSE = "methods.learned-delta.choose=";

  /** The spec with penalties to choose from instead of its own. */
  private static Cell choosing(String lambda2) {
    String spec =
        SPEC.replace(
                "lambda1: 0.001", "choose: {lambda1: [0.001], lambda2: [%s]}".formatted(lambda2))
            .replace("    lambda2: 0.01\n", "");
    return cells(spec).get(0);
  }

  @Test
  void penaltiesAreChosenOnHeldOutTrainingItems() {
    Map<String, Object> facts = fit(choosing("0.01, 10"), new HashMap<>()).facts();

    assertThat(facts)
        .containsEntry("path.lambda2", List.of(10.0, 0.01))
        .containsEntry("validation.items", 1)
        .containsEntry("training.items", 4);
    List<?> held = (List<?>) Objects.requireNonNull(facts.get("path.loss.validation"));
    assertThat(held.get(0)).isEqualTo(facts.get("loss.validation.unsteered"));
    double weak = (Double) held.get(1);
    assertThat(facts.get("lambda2")).isEqualTo(weak < (Double) held.get(0) ? 0.01 : 10.0);
  }

  /** Examples that decide are among those of the cell, and none of them is learned from. */
  @Test
  void heldOutExamplesAreNotLearnedFrom() {
    PenaltyChoice choice = new PenaltyChoice(List.of(0.0), List.of(0.0), 0.3);
    PenaltyChoice.Split split = choice.split(10, 7);
    assertThat(split.held()).hasSize(3).doesNotContainAnyElementsOf(split.learned());
    assertThat(split.learned()).hasSize(7);
    assertThat(choice.split(10, 7)).isEqualTo(split);
    assertThat(choice.split(10, 8)).isNotEqualTo(split);
    assertThat(choice.split(2, 0).held()).hasSize(1);
  }

  @Test
  void theNormOfEveryHeadIsJournaled() {
    FittedMethod fitted = fit(method("learned-delta"), new HashMap<>());
    List<?> norms = (List<?>) Objects.requireNonNull(fitted.facts().get("heads.norm"));
    double squares = norms.stream().mapToDouble(norm -> (Double) norm * (Double) norm).sum();
    assertThat(norms).hasSize(4);
    assertThat(Math.sqrt(squares))
        .isCloseTo((Double) Objects.requireNonNull(fitted.facts().get("norm")), within(1e-9));
    assertThat((Double) fitted.facts().get("step_size")).isPositive();
  }

  @Test
  void headsGoOffWhereTheFactsSay() {
    Cell cell = cells(SPEC).get(0);
    Object reported = fit(cell, new HashMap<>()).facts().get("lambda2.all_off");
    double off = (Double) Objects.requireNonNull(reported);
    Map<String, Object> facts =
        fit(cells(SPEC, "methods.learned-delta.lambda2=" + 1.01 * off).get(0), new HashMap<>())
            .facts();
    assertThat(facts).containsEntry("heads.alive", List.of()).containsEntry("zeros", 32);
    assertThat((Double) facts.get("kkt.residual")).isLessThanOrEqualTo(0);
  }

  @Test
  void proximalAdamLowersTheObjectiveInBatches() {
    Cell cell =
        cells(
                SPEC,
                "methods.learned-delta.optimiser=proximal-adam",
                "methods.learned-delta.batch=2",
                "methods.learned-delta.rate=0.02")
            .get(0);
    Map<String, Object> facts = fit(cell, new HashMap<>()).facts();
    assertThat((Double) facts.get("objective")).isLessThan((Double) facts.get("loss.unsteered"));
  }

  @Test
  void theRandomDeltaIsAsLongAsTheLearnedOne() {
    Map<String, LearnedVector> vectors = new HashMap<>();
    float[] learned = delta(fit(method("learned-delta"), vectors));
    float[] random = delta(fit(method("random-delta"), vectors));
    assertThat(vectors).hasSize(1);
    assertThat(random).isNotEqualTo(learned);
    assertThat(LearnedVector.of(random).norm())
        .isCloseTo(LearnedVector.of(learned).norm(), within(1e-5));
  }

  @Test
  void aFactorOfZeroIsTheBaseline() {
    for (String name : List.of("learned-delta", "mean-difference")) {
      String method = "methods." + name + ".factor=0";
      assertThat(delta(fit(method(name, method), new HashMap<>()))).containsOnly(0f);
      assertThat(delta(fit(method(name), new HashMap<>()))).isNotEqualTo(new float[32]);
    }
  }

  @Test
  void biasesLowerTheLoss() {
    Map<String, Object> facts = fit(method("bias-tuning"), new HashMap<>()).facts();
    assertThat((Double) facts.get("loss")).isLessThan((Double) facts.get("loss.unsteered"));
  }

  @Test
  void aCompositionAppliesTheVectorsOfItsParts() {
    Cell composed = method("composed");
    try (Intervention joined = fit(composed, new HashMap<>()).intervention()) {
      assertThat(((Combined) joined).parts()).hasSize(2);
    }
    assertThat(composed.bases())
        .extracting(Cell::id)
        .containsExactly(method("learned-delta").id(), method("mean-difference").id());
    assertThat(composed.scores("data/pairs.json", 3)).isFalse();
    assertThat(composed.scores("data/pairs.json", 4)).isTrue();
    assertThat(composed.id())
        .isNotEqualTo(method("composed", "methods.learned-delta.lambda1=0.002").id());
  }

  @Test
  void aPathGoesFromStrongToWeak() {
    List<Cell> cells =
        cells(
            SPEC,
            "methods.learned-delta.lambda1=[0.1, 0.2]",
            "methods.learned-delta.lambda2=[0.3, 0.4]",
            "methods.composed.compose=[mean-difference]",
            "methods.random-delta.lambda1=0.1",
            "methods.random-delta.lambda2=0.3");
    assertThat(cells.subList(0, 4))
        .extracting(Cell::label, cell -> cell.bases().stream().map(Cell::label).toList())
        .map(tuple -> tuple.toList().toString().replace("learned-delta layers=1 ", ""))
        .containsExactly(
            "[lambda1=0.1 lambda2=0.3 factor=1.0, [lambda1=0.1 lambda2=0.4 factor=1.0]]",
            "[lambda1=0.1 lambda2=0.4 factor=1.0, [lambda1=0.2 lambda2=0.4 factor=1.0]]",
            "[lambda1=0.2 lambda2=0.3 factor=1.0, [lambda1=0.2 lambda2=0.4 factor=1.0]]",
            "[lambda1=0.2 lambda2=0.4 factor=1.0, []]");
    assertThat(cells.get(0).bases().get(0).id()).isEqualTo(cells.get(1).id());
  }

  @Test
  void whatAPlanRefuses() {
    assertRefused("methods.learned-delta.examples=9", "examples 9: the cell learns from 4 items");
    assertRefused("methods.learned-delta.layers=4", "the model has layers 0-3");
    assertRefused("methods.learned-delta.layers=1-2", "acts in one block");
    assertRefused("methods.learned-delta.lambda1=-1", "-1 is too small: must be at least 0.0");
    assertRefused(CHOOSE + "{lambda1: [0], lambda2: [0]}", "leave 'lambda1' and 'lambda2' out");
    assertRefused("methods.learned-delta.batch=2", "'batch' is for optimiser: proximal-adam");
    assertRefused("methods.composed.compose=[nothing]", "'nothing' names no method");
    assertRefused(
        "methods.mean-difference.layers=[1, 2]", "'mean-difference' makes 2 cells; a part has one");
  }

  private static void assertRefused(String override, String message) {
    assertThatThrownBy(() -> cells(SPEC, override))
        .isInstanceOf(SpecProblems.class)
        .hasMessageContaining(message);
  }

  @Test
  void aTargetWithoutTokensIsNamed() {
    assertThatThrownBy(
            () -> Examples.example(model, "pairs.json: item 4", "Q: up\nA:", List.of(""), ONE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("pairs.json: item 4: the target '' has no tokens of its own");
  }

  @Test
  void aZeroGradientIsAnErrorWithItsCause() {
    Loss.Point flat = new Loss.Point(0, new float[2]);
    List<Example> examples = List.of(Example.of(new int[] {1}, new int[] {2}));
    try (TaskLoss loss =
        TaskLoss.atPromptEnd(
            model.decoder(), examples, TaskObjective.NLL, 1, vector -> Intervention.NONE)) {
      assertThatThrownBy(() -> loss.checked(flat, "layers 1"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("layers 1: the gradient is zero at the first step: the loss is");
    }
  }

  private static List<Cell> cells(String spec, String... overrides) {
    return TinyFits.cells(TestSpecs.spec(spec, overrides), DatasetKind.PAIRS).stream()
        .filter(cell -> !cell.method().equals("baseline"))
        .toList();
  }

  private static Cell method(String name, String... overrides) {
    return cells(SPEC, overrides).stream()
        .filter(cell -> cell.method().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static FittedMethod fit(Cell cell, Map<String, LearnedVector> vectors) {
    return TinyFits.fit(model, cell, LearnedDeltaTest::file, vectors);
  }

  private static Path file(String dataset) {
    try {
      return Files.writeString(
          folder.resolve(Path.of(dataset).getFileName()),
          """
          [{"input": "hot", "output": "cold"}, {"input": "big", "output": "small"},
           {"input": "wet", "output": "dry"}, {"input": "old", "output": "new"},
           {"input": "up", "output": "down"}, {"input": "in", "output": "out"}]
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] delta(FittedMethod fitted) {
    return ((PromptEndDelta) fitted.intervention()).delta().toFloatArray();
  }
}
