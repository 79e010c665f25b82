package org.trimtab.method.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.data.Fact;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.Scorer;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.evaluate.score.ScoringPlan;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.TokenStates;
import org.trimtab.method.adapter.MarginLoss.Term;
import org.trimtab.model.Decoder;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.ModelLoader;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.BlockVector;
import org.trimtab.model.intervene.FinalAdapter;
import org.trimtab.model.intervene.FinalAdapter.Placement;
import org.trimtab.model.intervene.FinalAdapter.Released;
import org.trimtab.model.intervene.FinalAdapter.Weights;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.LogitAdapter;
import org.trimtab.plan.Cell;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.TestSpecs;
import org.trimtab.testing.TinyFits;
import org.trimtab.testing.TinyModel;

/** The adapter on a tiny model with random weights. */
class AdapterTest {
  private static final String SPEC =
      """
      name: adapters
      question: Does it help?
      model: tiny
      methods:
        baseline: {}
        adapter:
          train: {dataset: facts.json, items: 0-3}
          anchors: {dataset: anchors.json, items: 0-1}
          inner: 4
          steps: 40
          rate: 0.01
          batch: 2
        random-adapter: {like: adapter}
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
  static void close() {
    model.close();
  }

  @Test
  void itLearnsTheMarginsOfItsFactsAndIsCounted() {
    FittedMethod fitted = fit(method("adapter"));

    Map<String, Object> facts = fitted.facts();
    assertThat(real(facts, "training.margin"))
        .isGreaterThan(real(facts, "training.margin.unmodified") + 1);
    assertThat(whole(facts, "training.passes")).isEqualTo(4);
    assertThat(real(facts, "loss.last")).isLessThan(real(facts, "loss.first"));
    assertThat(facts)
        .containsEntry("parameters", 3L * 4 * 32)
        .containsEntry("parameters.model", 45_408L)
        .containsEntry("training.items", 4)
        .containsEntry("anchors.items", 2);
    assertThat((List<?>) facts.get("gradient.first"))
        .hasSize(3)
        .allSatisfy(norm -> assertThat((double) norm).isPositive());
  }

  @Test
  void factsAreWrittenInTheOrderOfTheirNames() {
    assertThat(List.copyOf(fit(method("adapter")).facts().keySet())).isSorted();
  }

  @Test
  void theSameCellIsTheSameAdapterAndAnotherSeedAnother() {
    float[] first = values(fit(method("adapter")));

    assertThat(values(fit(method("adapter")))).isEqualTo(first);
    assertThat(values(fit(method("adapter", "seed=1")))).isNotEqualTo(first);
  }

  @Test
  void marginsAreThoseOfWholeTexts() {
    List<List<int[]>> texts = texts();
    Decoder decoder = model.decoder();
    List<Term> terms = List.of(new Term(0, 0, 1), new Term(3, 0, 1));
    try (MarginLoss loss = new MarginLoss(decoder, new TokenStates(decoder), texts, false);
        NDManager manager = decoder.manager().newSubManager();
        Weights weights = Variant.LINEAR.module(manager, new float[2 * 32], 32)) {
      double[] margins = loss.value(weights, terms).margins();

      for (int i = 0; i < margins.length; i++) {
        List<double[]> sums = sums(texts.get(terms.get(i).fact()), Intervention.NONE);
        double best = sums.stream().skip(1).mapToDouble(each -> each[0]).max().orElseThrow();
        assertThat(margins[i]).isCloseTo(sums.get(0)[0] - best, within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void gradientsAreThoseOfSmallChanges(Variant variant) {
    Decoder decoder = model.decoder();
    List<Term> terms = List.of(new Term(1, 50, 0.5), new Term(2, 50, 2));
    int width = variant.width(decoder.config());
    float[] values = Start.UNIFORM.values(variant, 3, width, 5);
    boolean onLogits = variant == Variant.LOGITS;
    try (MarginLoss loss =
            new MarginLoss(decoder, new TokenStates(decoder), texts(), false, onLogits);
        NDManager manager = decoder.manager().newSubManager()) {
      Weights weights = variant.module(manager, values, width);
      weights.tensors().forEach(tensor -> tensor.setRequiresGradient(true));
      loss.gradient(weights, terms);
      int size = 3 * width;
      for (int i = 0; i < values.length; i += size / 3 + 5) {
        float gradient = weights.tensors().get(i / size).getGradient().toFloatArray()[i % size];
        double slope =
            (at(loss, variant, manager, values, i, 1e-2f, terms)
                    - at(loss, variant, manager, values, i, -1e-2f, terms))
                / 2e-2;
        assertThat((double) gradient).isCloseTo(slope, within(2e-3 + 0.02 * Math.abs(slope)));
      }
    }
  }

  private static double at(
      MarginLoss loss,
      Variant variant,
      NDManager manager,
      float[] values,
      int index,
      float change,
      List<Term> terms) {
    float[] changed = values.clone();
    changed[index] += change;
    try (Weights weights =
        variant.module(manager, changed, variant.width(model.decoder().config()))) {
      return loss.value(weights, terms).loss();
    }
  }

  @Test
  void aFactorOfZeroAndAnUntrainedZeroAreTheBaselineToTheBit() {
    List<int[]> texts = texts().get(0);
    List<double[]> baseline = sums(texts, Intervention.NONE);

    FittedMethod factor = fit(method("adapter", "methods.adapter.factor=0"));
    FittedMethod untrained =
        fit(method("adapter", "methods.adapter.steps=0", "methods.adapter.start=zero-output"));
    assertThat(sums(texts, factor.intervention()))
        .containsExactly(baseline.toArray(double[][]::new));
    assertThat(sums(texts, untrained.intervention()))
        .containsExactly(baseline.toArray(double[][]::new));
    assertThat(factor.intervention().lowestLayer()).isEqualTo(TinyModel.LAYERS);
  }

  /** Nothing reads a final hidden state but the unembedding of its own position. */
  @ParameterizedTest
  @CsvSource({"gated, false", "linear, false", "gated, true"})
  void atAllPositionsAndAtTheLastOneItIsOneFunction(String variant, boolean released) {
    String[] settings = {
      "methods.adapter.variant=" + variant, "methods.adapter.as_released=" + released
    };
    Intervention all = fit(method("adapter", settings)).intervention();
    Intervention last =
        fit(method("adapter", settings[0], settings[1], "methods.adapter.placement=last"))
            .intervention();
    for (List<int[]> texts : texts()) {
      List<double[]> expected = sums(texts, all);
      List<double[]> found = sums(texts, last);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i)[0]).isCloseTo(expected.get(i)[0], within(1e-4));
      }
      int[] prompt = texts.get(0);
      assertThat(generated(prompt, last)).isEqualTo(generated(prompt, all));
    }
    assertThat(generated(texts().get(0).get(0), all))
        .isNotEqualTo(generated(texts().get(0).get(0), Intervention.NONE));
  }

  @Test
  void rowsWithOtherAdaptersAreGeneratedAsAlone() {
    Intervention all = fit(method("adapter")).intervention();
    Intervention last = fit(method("adapter", "methods.adapter.placement=last")).intervention();
    int[] prompt = texts().get(0).get(0);
    List<Generator.Prompt> rows =
        List.of(
            new Generator.Prompt(prompt, Intervention.NONE),
            new Generator.Prompt(prompt, last),
            new Generator.Prompt(prompt, all));

    List<int[]> found = new Generator(model.decoder()).greedy(rows, 20, Set.of());

    assertThat(found.get(0)).isEqualTo(generated(prompt, Intervention.NONE));
    assertThat(found.get(1)).isEqualTo(generated(prompt, all));
    assertThat(found.get(2)).isEqualTo(generated(prompt, all));
  }

  /** On a model whose head is not its embedding, and whose norm's weights are not 1. */
  @Test
  void asReleasedTheNormIsAppliedTwiceAndTheEmbeddingIsTheHead() {
    Path untied = Path.of("src/test/resources/fixtures/parity/llama");
    try (Decoder decoder = ModelLoader.load(untied, Device.cpu(), DataType.FLOAT32);
        NDManager scratch = decoder.manager().newSubManager()) {
      int hidden = decoder.config().hidden();
      Weights weights = Variant.LINEAR.module(scratch, new float[2 * hidden], hidden);
      for (Placement placement : Placement.values()) {
        FinalAdapter released =
            new FinalAdapter(
                decoder.config().layers(),
                weights,
                0,
                placement,
                new Released(decoder::finalNorm, decoder.embeddingHead()::logits));
        List<Segment> segments = List.of(Segment.of(3, 1, 4, 1, 5));
        try (Pass plain = decoder.pass(scratch, segments, Intervention.NONE);
            Pass changed = decoder.pass(scratch, segments, released)) {
          NDArray state = decoder.run(scratch, plain);
          NDArray embedding = decoder.forGradients().weights().embedding();
          NDArray expected = decoder.finalNorm(state).matMul(embedding.transpose());
          NDArray found = decoder.logits(released, decoder.run(scratch, changed));
          assertThat(found.sub(expected).abs().max().getFloat()).isLessThan(1e-4f);
          assertThat(found.sub(decoder.logits(state)).abs().max().getFloat()).isGreaterThan(0.1f);
        }
      }
    }
  }

  @Test
  void whatIsReleasedIsTrainedAsItIsScored() {
    FittedMethod fitted = fit(method("adapter", "methods.adapter.as_released=true"));
    double sum = 0;
    for (List<int[]> texts : texts().subList(0, 4)) {
      List<double[]> sums = sums(texts, fitted.intervention());
      sum +=
          sums.get(0)[0] - sums.stream().skip(1).mapToDouble(each -> each[0]).max().orElseThrow();
    }
    assertThat(real(fitted.facts(), "training.margin")).isCloseTo(sum / 4, within(1e-3));
  }

  @Test
  void aRandomAdapterHasTheNormOfTheLearnedOne() {
    FittedMethod learned = fit(method("adapter"));
    FittedMethod random = fit(method("random-adapter"));

    List<NDArray> expected = ((FinalAdapter) learned.intervention()).module().tensors();
    List<NDArray> found = ((FinalAdapter) random.intervention()).module().tensors();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).norm().getFloat())
          .isCloseTo(expected.get(i).norm().getFloat(), within(1e-3f));
    }
    assertThat(values(random)).isNotEqualTo(values(learned));
  }

  @Test
  void whatStartsAsZeroHasItsGradientsAtTheSecondStep() {
    FittedMethod fitted =
        fit(method("adapter", "methods.adapter.start=zero-output", "methods.adapter.steps=2"));
    assertThat((List<?>) fitted.facts().get("gradient.first"))
        .hasSize(3)
        .allSatisfy(norm -> assertThat((double) norm).isPositive());
  }

  @Test
  void aTensorWithoutGradientIsAnErrorWithItsCause() {
    Decoder decoder = model.decoder();
    float[] values = Start.UNIFORM.values(Variant.GATED, 4, 32, 0);
    Arrays.fill(values, 4 * 32, 2 * 4 * 32, 0); // up lets nothing through to the others
    try (MarginLoss loss = new MarginLoss(decoder, new TokenStates(decoder), texts(), false);
        NDManager manager = decoder.manager().newSubManager()) {
      Weights weights = Variant.GATED.module(manager, values, 32);
      AdapterTraining training =
          new AdapterTraining(Variant.GATED, new AdapterTraining.Rates(0.01, 0, 1));
      assertThatThrownBy(
              () ->
                  training.run(
                      manager,
                      loss,
                      weights,
                      3,
                      step -> List.of(new Term(0, 50, 1)),
                      FitWatcher.NONE))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(
              "'gate', 'down' of the adapter has no gradient at step 1: 'up' is 0");
    }
  }

  @Test
  void factsWithNothingToTeachAreAnError() {
    assertThatThrownBy(
            () ->
                fit(
                    method(
                        "adapter", "methods.adapter.margin=-1000", "methods.adapter.anchors=null")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the loss is 0 at all steps, so these facts have nothing to teach");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch=5 | batch 5: a cell learns from 4 facts of facts.json (0-3); take at most as many per step",
        "batch=0 | must be at least 1",
        "inner=0 | must be between 1 and 65536",
        "steps=-1 | must be at least 0",
        "variant=round | gated",
        "anchors.items=4-6 | anchors.items: 4-6 goes beyond the items of anchors.json, which are 0-5",
        "anchors.dataset=wikitext-2 | data set 'wikitext-2' has running text; 'anchors' takes facts with distractors",
        "train.dataset=wikitext-2 | data set 'wikitext-2' has running text; adapter learns from facts with distractors",
        "placement=first | placement",
      })
  void whatCannotBeDoneIsNamed(String setting, String message) {
    assertThatThrownBy(() -> cells("methods.adapter." + setting))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theInnerSizeIsThePublishedOne() {
    List<Cell> cells =
        cells("methods.adapter.variant=[gated, linear]", "methods.adapter.inner=null");
    assertThat(cells)
        .filteredOn(cell -> cell.key().equals("adapter"))
        .extracting(cell -> cell.settings().get("variant").asText() + cell.settings().get("inner"))
        .containsExactly("gated64", "linear96");
  }

  @Test
  void onTheLogitsItLearnsAndScoresAsOne() {
    FittedMethod fitted = fit(method("adapter", "methods.adapter.variant=logits"));

    int vocabulary = model.decoder().config().vocabulary();
    assertThat(fitted.facts()).containsEntry("parameters", 2L * 4 * vocabulary);
    assertThat(fitted.intervention()).isInstanceOf(LogitAdapter.class);
    assertThat(real(fitted.facts(), "training.margin"))
        .isGreaterThan(real(fitted.facts(), "training.margin.unmodified") + 1)
        .isCloseTo(margin(4, fitted.intervention()), within(1e-3));
    List<int[]> first = texts().get(0);
    FittedMethod zero =
        fit(method("adapter", "methods.adapter.variant=logits", "methods.adapter.factor=0"));
    assertThat(sums(first, zero.intervention()).get(0)[0])
        .isCloseTo(sums(first, Intervention.NONE).get(0)[0], within(1e-4));
  }

  @Test
  void theSteeringVectorIsTheBestOnItsTrainingFacts() {
    FittedMethod fitted =
        fit(
            method(
                "steering-vector",
                "methods.steering-vector={train: {dataset: facts.json, items: 0-3}, layers: [0, 3],"
                    + " strengths: [1, 20]}"));

    Map<String, Object> facts = fitted.facts();
    List<?> passes = (List<?>) Objects.requireNonNull(facts.get("candidates.passes"));
    assertThat(passes).hasSize(4);
    assertThat(whole(facts, "training.passes"))
        .isEqualTo(passes.stream().mapToInt(each -> (int) each).max().orElseThrow());
    assertThat(real(facts, "training.margin"))
        .isCloseTo(margin(4, fitted.intervention()), within(1e-3));
    assertThat(real(facts, "training.margin.unmodified"))
        .isCloseTo(margin(4, Intervention.NONE), within(1e-3));
    assertThat(((BlockVector) fitted.intervention()).layer()).isEqualTo(facts.get("layer"));
  }

  @Test
  void thePublishedLayersAreScaledToTheModelsDepth() {
    TrainingSettings train =
        new TrainingSettings(
            new DatasetName("facts.json"),
            null,
            null,
            null,
            null,
            null,
            ItemSet.first(4),
            null,
            null,
            null,
            null,
            false);
    SteeringVectorSettings published = new SteeringVectorSettings(train, null, null);
    assertThat(published.candidates(36)).containsExactly(5, 10, 18, 25, 33);
    assertThat(published.candidates(30)).containsExactly(4, 8, 15, 21, 28);
    assertThat(published.candidates(4)).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> new SteeringVectorSettings(train, List.of(), null))
        .hasMessageContaining("need at least one value");
    assertThatThrownBy(
            () ->
                cells(
                    "methods.steering-vector={train: {dataset: facts.json, items: 0-3}, layers:"
                        + " [9]}"))
        .hasMessageContaining("layers: 9 is no block of this model");
  }

  @Test
  void aDeltaCanLearnTheTruthRatherThanTheDistractors() {
    for (String loss : List.of("nll", "kl")) {
      Map<String, Object> facts =
          fit(method(
                  "learned-delta",
                  "methods.learned-delta={train: {dataset: facts.json, items: 0-3}, layers: 1,"
                      + " lambda1: 0, lambda2: 0, steps: 20, loss: "
                      + loss
                      + "}"))
              .facts();
      assertThat(real(facts, "loss")).isLessThan(real(facts, "loss.unsteered"));
    }
  }

  /** The mean margin of the first facts. */
  private static double margin(int facts, Intervention intervention) {
    return texts().subList(0, facts).stream()
        .mapToDouble(
            texts -> {
              List<double[]> sums = sums(texts, intervention);
              return sums.get(0)[0]
                  - sums.stream().skip(1).mapToDouble(each -> each[0]).max().orElseThrow();
            })
        .average()
        .orElseThrow();
  }

  @Test
  void anchorsArePartOfACellsIdentity() {
    assertThat(method("adapter").identity().at("/method/anchors").asText())
        .isEqualTo("anchors.json");
  }

  private static List<Cell> cells(String... overrides) {
    return TinyFits.cells(TestSpecs.spec(SPEC, overrides), DatasetKind.FACTS);
  }

  private static Cell method(String name, String... overrides) {
    return cells(overrides).stream()
        .filter(cell -> cell.method().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static FittedMethod fit(Cell cell) {
    return TinyFits.fit(model, cell, AdapterTest::file, new HashMap<>());
  }

  private static Path file(String dataset) {
    try {
      return Files.writeString(
          folder.resolve(dataset),
          """
          [{"id": "a", "context": "Sea", "truth": "wet", "distractors": ["dry", "hot", "red"]},
           {"id": "b", "context": "Ice", "truth": "cold.", "distractors": ["cool", "warm."]},
           {"id": "c", "context": "Fog", "truth": "grey", "distractors": ["greyish", "loud"]},
           {"id": "d", "context": "Sun", "truth": "bright", "distractors": ["brisk"]},
           {"id": "e", "context": "Oil", "truth": "black", "distractors": ["white"]},
           {"id": "f", "context": "Tin", "truth": "hard", "distractors": ["soft"]}]
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<List<int[]>> texts() {
    return Fact.read(file("facts.json")).stream()
        .map(
            fact ->
                fact.texts().stream().map(text -> model.tokenizer().encode(text, true)).toList())
        .toList();
  }

  private static double real(Map<String, Object> facts, String name) {
    return ((Number) Objects.requireNonNull(facts.get(name), name)).doubleValue();
  }

  private static int whole(Map<String, Object> facts, String name) {
    return (int) real(facts, name);
  }

  private static float[] values(FittedMethod fitted) {
    return Variant.values(((FinalAdapter) fitted.intervention()).module());
  }

  /** The log-likelihood of each text after its first token. */
  private static List<double[]> sums(List<int[]> texts, Intervention intervention) {
    List<Request> requests =
        texts.stream()
            .map(
                text ->
                    new Request(Arrays.copyOf(text, 1), Arrays.copyOfRange(text, 1, text.length)))
            .toList();
    ScoringPlan plan = ScoringPlan.of(List.of(new ScoringItem(0, 0, requests)), 512);
    try (Scorer scorer = new Scorer(model.decoder(), plan, new TreeSet<>(), 0)) {
      double[] sums = scorer.score(0, intervention).get(0);
      return Arrays.stream(sums).mapToObj(sum -> new double[] {sum}).toList();
    }
  }

  private static int[] generated(int[] prompt, Intervention intervention) {
    List<Generator.Prompt> prompts = List.of(new Generator.Prompt(prompt, intervention));
    return new Generator(model.decoder()).greedy(prompts, 20, Set.of()).get(0);
  }
}
