package org.trimtab.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.method.Direction;
import org.trimtab.model.Decoder;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.report.reading.Reading.Heads;
import org.trimtab.report.reading.Reading.Lens;
import org.trimtab.report.reading.Reading.Token;
import org.trimtab.testing.TinyModel;

/** What is measured of a direction, against formulas by hand and the decoder's own passes. */
class DirectionMeasuresTest {
  private static final CounterRandom RANDOM = CounterRandom.of(1, "test");

  @TempDir Path folder;

  @Test
  void headsShareWhatTheirColumnsWriteAlongTheDirection() {
    try (NDManager manager = NDManager.newBaseManager()) {
      // Two heads of two entries; d = (0.6, 0.8).
      NDArray weight =
          manager.create(new float[] {5, 0, 1, 2, 0, 5, 0, 1}, new Shape(2, 4)); // d^T W = 3 4 .6 2
      Heads heads = HeadShares.of(7, weight, new float[] {0.6f, 0.8f}, 2);
      double first = 5;
      double second = Math.sqrt(0.36 + 4);
      assertThat(heads.layer()).isEqualTo(7);
      assertThat(heads.shares()).hasSize(2);
      assertThat(heads.shares().get(0)).isCloseTo(first / (first + second), within(1e-6));
      assertThat(heads.shares().get(1)).isCloseTo(second / (first + second), within(1e-6));
      double usual = Math.sqrt(56 / 2.0);
      assertThat(heads.ratio()).isCloseTo(Math.sqrt(25 + 4.36) / usual, within(1e-6));
    }
  }

  @Test
  void agreementAndSeparationAreThoseOfTheDifferences() {
    List<float[]> negative = List.of(new float[] {1, 0}, new float[] {-1, 0});
    List<float[]> positive =
        List.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {1, 1}, new float[] {0, 2});
    AgreementScreen screen = AgreementScreen.of(positive, negative, RANDOM);
    double half = Math.sqrt(0.5);
    assertThat(screen.agreement()).isCloseTo((0 + half + 0 + half + 1 + half) / 6, within(1e-6));
    double distance =
        (Math.hypot(0.5, 1) + Math.hypot(0.5, 0) + Math.hypot(0.5, 0) + Math.hypot(0.5, 1)) / 4;
    assertThat(screen.separation()).isCloseTo(Math.hypot(0.5, 1) / distance, within(1e-6));
  }

  /** More than 200 pairs are drawn, with the same result again and near that of all pairs. */
  @Test
  void agreementOfManyLinesIsEstimatedFromDrawnPairs() {
    List<float[]> positive = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      float[] state = Direction.random(RANDOM.at(i), 20).unit();
      state[0] += 1;
      positive.add(state);
    }
    List<float[]> negative = List.of(new float[20]);
    double all = 0;
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < i; j++) {
        all += Vectors.cosine(positive.get(i), positive.get(j)) / (60 * 59 / 2.0);
      }
    }
    AgreementScreen screen = AgreementScreen.of(positive, negative, RANDOM);
    assertThat(screen).isEqualTo(AgreementScreen.of(positive, negative, RANDOM));
    assertThat(screen.agreement()).isCloseTo(all, within(0.06));
  }

  @Test
  void theLensScoresWhatTheDecoderUnembeds() {
    TinyModel.write(folder);
    try (LanguageModel model = LanguageModel.load("tiny", folder, Device.cpu(), DataType.FLOAT32)) {
      Decoder decoder = model.decoder();
      float[] norm = new float[decoder.config().hidden()];
      for (int i = 0; i < norm.length; i++) {
        norm[i] = 0.5f + i / 16f;
      }
      decoder.weights().finalNorm().set(norm);
      try (NDManager scratch = decoder.manager().newSubManager();
          Pass pass =
              decoder.pass(
                  scratch, List.of(Segment.of(new int[] {5, 9, 77, 3})), Intervention.NONE)) {
        NDArray hidden =
            decoder.blocks(
                scratch, pass, decoder.embed(scratch, pass), 0, decoder.config().layers(), null);
        NDArray last = decoder.finish(pass, hidden);
        float[] logits = decoder.logits(last).toFloatArray();
        assertThat(decoder.vocabularyScores(last, true).toFloatArray())
            .containsExactly(logits, within(1e-4f));
        NDArray rms =
            hidden
                .pow(2)
                .mean(new int[] {1}, true)
                .add((float) decoder.config().norms().epsilon())
                .sqrt();
        assertThat(decoder.vocabularyScores(hidden.div(rms), false).toFloatArray())
            .containsExactly(logits, within(1e-4f));
      }
    }
  }

  @Test
  void aDirectionThatIsARowOfTheUnembeddingWritesItsToken() {
    TinyModel.write(folder);
    try (LanguageModel model = LanguageModel.load("tiny", folder, Device.cpu(), DataType.FLOAT32)) {
      int size = model.decoder().config().hidden();
      float[] rows = model.decoder().weights().unembedding().toFloatArray();
      int token = 'k';
      float[] direction = Arrays.copyOfRange(rows, token * size, (token + 1) * size);
      double norm = Vectors.norm(direction);
      for (int i = 0; i < size; i++) {
        direction[i] /= (float) norm;
      }
      List<Integer> steps = new ArrayList<>();
      LogitLens lens = new LogitLens(model.decoder(), model.tokenizer(), false, 0, steps::add);
      assertThat(steps).last().isEqualTo(2000);

      Lens read = lens.of(List.of(1), direction);
      Token first = read.towards().tokens().get(0);
      assertThat(first.text()).isEqualTo("k");
      assertThat(first.score()).isCloseTo(norm, within(1e-4));
      // Random directions give it a score of deviation norm / sqrt(D).
      assertThat(first.z()).isCloseTo(Math.sqrt(size), within(0.4));
      assertThat(read.towards().peak()).isEqualTo(first);
      assertThat(read.towards().peakAbove()).isZero();
      assertThat(read.towards().tokens()).hasSize(20);
      assertThat(read.away().tokens().get(0).score()).isPositive();

      Lens random = lens.of(List.of(1), Direction.random(RANDOM, size).unit());
      assertThat(random.towards().peakAbove()).isGreaterThan(0.01);
      assertThat(lens.of(List.of(1), direction)).isEqualTo(read);
    }
  }

  @Test
  void aVectorAtTheInputOfOProjActsAlongWhatItWrites() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.create(new float[] {1, 2, 0, 0, 0, 2}, new Shape(2, 3));
      PromptEndDelta delta =
          new PromptEndDelta(
              3, PromptEndDelta.Site.O_PROJ_INPUT, manager.create(new float[] {1, 1, 2}));
      assertThat(delta.directions(layer -> weight)).containsOnlyKeys(3);
      assertThat(delta.directions(layer -> weight).get(3))
          .containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
      PromptEndDelta nothing =
          new PromptEndDelta(
              3, PromptEndDelta.Site.BLOCK_OUTPUT, manager.create(new float[] {0, 0}));
      assertThat(nothing.directions(layer -> weight)).isEmpty();
    }
  }

  @Test
  void whiteSpaceAndControlsAreVisible() {
    assertThat(TokenTexts.visible(" a\n\tb")).isEqualTo("␣a↵→b");
    assertThat(TokenTexts.visible("\r\u200b\u00a0")).isEqualTo("\\u000d\\u200b\\u00a0");
    assertThat(TokenTexts.visible("héß漢😀")).isEqualTo("héß漢😀");
  }

  /**
   * A token that only the labels shift stands out against shuffled ones, and none does otherwise.
   */
  @Test
  void shiftsAreMeasuredInUnitsOfShuffledLabels() {
    List<float[]> shuffled =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new float[] {
                      (float) RANDOM.at(i).normal(0), 100 * (float) RANDOM.at(i).normal(1)
                    })
            .toList();
    Shifts shifts = new Shifts(new float[] {8, 100}, shuffled, 2);
    assertThat(shifts.highest(1)).isZero();
    assertThat(shifts.z(0, 1)).isBetween(6.0, 10.0);
    assertThat(shifts.p(0, 1)).isEqualTo(1.0 / 101);
    Shifts none = new Shifts(shuffled.get(0), shuffled, 2);
    assertThat(none.p(none.highest(1), 1)).isGreaterThan(0.05);
  }
}
