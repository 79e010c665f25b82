package org.trimtab.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.model.Decoder;
import org.trimtab.model.ModelLoader;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.Intervention.OutputProjection;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.model.intervene.Rows;
import org.trimtab.testing.TinyModel;

class ScorerTest {
  private static final int[] PRIMER = {11, 12, 13, 14, 15, 16, 17};
  private static final double BATCHING = 1e-5;

  @TempDir static Path folder;
  private static Decoder decoder;

  @BeforeAll
  static void load() {
    decoder = ModelLoader.load(TinyModel.write(folder), Device.cpu(), DataType.FLOAT32);
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  @Test
  void sharedPrefixesGiveWhatWholeSequencesGive() {
    for (Intervention intervention : List.of(Intervention.NONE, edit(1, 1.5f), delta())) {
      assertSame(
          scores(items(6), 64, intervention, new TreeSet<>()),
          scores(items(6), 64, whole(intervention), new TreeSet<>()));
    }
  }

  /** The sum over all tokens but the first, with the intervention at the end of the prompt. */
  @Test
  void aWholeTextIsScoredFromItsSecondToken() {
    int[] text = {11, 12, 13, 40, 50, 70, 71, 90};
    int[] prompt = {11, 12, 13, 40};
    ScoringItem whole =
        new ScoringItem(
            0,
            0,
            List.of(
                Request.whole(prompt, text, "item 0"),
                Request.whole(prompt, new int[] {11, 12, 13, 40, 50, 99}, "item 0")));
    for (Intervention intervention : List.of(Intervention.NONE, edit(1, 1.5f), delta())) {
      double context = 0;
      for (int end = 1; end < prompt.length; end++) {
        context += sum(Arrays.copyOf(prompt, end), new int[] {prompt[end]}, edits(intervention));
      }
      double rest = sum(prompt, new int[] {50, 70, 71, 90}, intervention);

      double[] found = scores(List.of(whole), 64, intervention, new TreeSet<>()).get(0);

      assertThat(found[0]).isCloseTo(context + rest, within(7 * BATCHING));
    }
    Request first = whole.requests().get(0);
    assertThat(first.scored()).isEqualTo(7);
    assertThat(first.context()).containsExactly(prompt);
    assertThat(Request.whole(new int[] {11, 12, 99}, text, "item 0").context())
        .as("a prompt that ends within a token of the text")
        .containsExactly(11, 12);
    assertThat(Request.whole(text, text, "item 0").continuation()).containsExactly(90);
    assertThatThrownBy(() -> Request.whole(new int[] {11}, new int[] {11}, "item 3"))
        .hasMessage("item 3: a text has fewer than two tokens, and nothing predicts the first one");
  }

  /** Before the end of the prompt a delta does nothing. */
  private static Intervention edits(Intervention intervention) {
    return intervention instanceof PromptEndDelta ? Intervention.NONE : intervention;
  }

  private static double sum(int[] context, int[] continuation, Intervention intervention) {
    ScoringItem alone = new ScoringItem(0, 0, List.of(new Request(context, continuation)));
    return scores(List.of(alone), 64, intervention, new TreeSet<>()).get(0)[0];
  }

  @Test
  void batchSizeDoesNotMatter() {
    assertSame(
        scores(items(6), 1, edit(0, 1.5f), new TreeSet<>()),
        scores(items(6), 4096, edit(0, 1.5f), new TreeSet<>()));
  }

  @Test
  void aKeptResidualStreamGivesTheSameBits() {
    ScoringPlan plan = ScoringPlan.of(items(6), 64);
    try (Scorer fresh = new Scorer(decoder, plan, new TreeSet<>(), 0);
        Scorer kept = new Scorer(decoder, plan, new TreeSet<>(List.of(1, 3)), 1 << 20)) {
      for (Intervention intervention : List.of(Intervention.NONE, edit(3, 2f), edit(1, -1f))) {
        for (int batch = 0; batch < plan.batches().size(); batch++) {
          List<double[]> again = kept.score(batch, intervention);
          List<double[]> first = fresh.score(batch, intervention);
          for (int i = 0; i < first.size(); i++) {
            assertThat(again.get(i)).containsExactly(first.get(i));
          }
        }
      }
    }
  }

  @Test
  void anEditOfStrengthZeroIsTheBaselineBitForBit() {
    List<double[]> baseline = scores(items(6), 64, Intervention.NONE, new TreeSet<>());
    List<double[]> zero = scores(items(6), 64, edit(0, 0), new TreeSet<>());
    for (int i = 0; i < baseline.size(); i++) {
      assertThat(zero.get(i)).containsExactly(baseline.get(i));
    }
  }

  @Test
  void effectTellsANoOpFromAnEdit() {
    try (Scorer scorer = new Scorer(decoder, ScoringPlan.of(items(2), 64), new TreeSet<>(), 0)) {
      assertThat(scorer.effect(edit(2, 0))).isZero();
      assertThat(scorer.effect(edit(2, 1.5f))).isPositive();
    }
  }

  @Test
  void aNumberThatIsNotFiniteNamesItsPlace() {
    ScoringPlan plan = ScoringPlan.of(items(3), 64);
    try (Scorer scorer = new Scorer(decoder, plan, new TreeSet<>(), 0)) {
      DivergedException exception =
          catchThrowableOfType(DivergedException.class, () -> scorer.score(0, edit(2, 1e30f)));
      assertThat(exception.layer()).isEqualTo(2);
      assertThat(exception.position()).isZero();
      assertThat(exception.item()).isZero();
    }
  }

  @Test
  void batchesNeverMixGroupsAndEveryStartStandsOnce() {
    List<ScoringItem> items =
        IntStream.range(0, 8)
            .mapToObj(i -> new ScoringItem(i, i % 2, items(8).get(i).requests()))
            .toList();
    ScoringPlan plan = ScoringPlan.of(items, 1000);
    assertThat(plan.batches()).containsExactly(List.of(0, 2, 4, 6), List.of(1, 3, 5, 7));
    assertThat(plan.primer()).startsWith(PRIMER);
    long plain =
        items.stream().flatMap(item -> item.requests().stream()).mapToLong(Request::length).sum();
    assertThat(plan.tokens()).isLessThan(plain / 3);
  }

  /** The same intervention, saying that it depends on the whole sequence. */
  private static Intervention whole(Intervention intervention) {
    return new Intervention() {
      @Override
      public int lowestLayer() {
        return Math.min(intervention.lowestLayer(), TinyModel.LAYERS);
      }

      @Override
      public boolean positionWise() {
        return false;
      }

      @Override
      public NDArray oProj(int layer, NDArray z, OutputProjection own, Rows rows) {
        return intervention.oProj(layer, z, own, rows);
      }
    };
  }

  private static List<ScoringItem> items(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              int[] context = Arrays.copyOf(PRIMER, PRIMER.length + 3);
              context[PRIMER.length] = 40 + i;
              context[PRIMER.length + 1] = 50;
              context[PRIMER.length + 2] = 60;
              List<Request> requests =
                  List.of(
                      new Request(context, new int[] {70, 71, 72 + i}),
                      new Request(context, new int[] {70, 71, 90, 91}),
                      new Request(context, new int[] {99}));
              return new ScoringItem(i, 0, requests);
            })
        .toList();
  }

  private static Intervention edit(int lowest, float factor) {
    float[] direction = new float[decoder.config().hidden()];
    Arrays.fill(direction, (float) (1 / Math.sqrt(direction.length)));
    Map<Integer, float[]> layers = new TreeMap<>();
    for (int layer = lowest; layer < TinyModel.LAYERS; layer++) {
      layers.put(layer, direction);
    }
    return new OProjEdit(decoder.manager(), layers, OProjEdit.Side.OUTPUT, factor, false);
  }

  private static Intervention delta() {
    float[] values = new float[decoder.config().attentionWidth()];
    Arrays.fill(values, 0.5f);
    return new PromptEndDelta(
        1, PromptEndDelta.Site.O_PROJ_INPUT, decoder.manager().create(values));
  }

  private static List<double[]> scores(
      List<ScoringItem> items,
      int batchTokens,
      Intervention intervention,
      NavigableSet<Integer> starts) {
    ScoringPlan plan = ScoringPlan.of(items, batchTokens);
    try (Scorer scorer = new Scorer(decoder, plan, starts, 1 << 20)) {
      return IntStream.range(0, plan.batches().size())
          .mapToObj(batch -> scorer.score(batch, intervention))
          .flatMap(List::stream)
          .toList();
    }
  }

  private static void assertSame(List<double[]> found, List<double[]> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i), within(BATCHING));
    }
  }
}
