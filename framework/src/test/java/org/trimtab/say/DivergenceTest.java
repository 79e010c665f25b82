package org.trimtab.say;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.model.Decoder;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.model.intervene.ReferencePull;
import org.trimtab.testing.TinyModel;

/** Against whole log-softmaxes in double, each of a sequence that is read alone. */
@SuppressWarnings("NullAway.Init")
class DivergenceTest {
  private static final int WIDTH = 32;

  @TempDir static Path folder;
  private static LanguageModel model;

  @BeforeAll
  static void load() {
    model = LanguageModel.load("tiny", TinyModel.write(folder), Device.cpu(), DataType.FLOAT32);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static int[] tokens(String text) {
    return model.tokenizer().encode(text, true);
  }

  private static float[] direction() {
    float[] direction = new float[WIDTH];
    Arrays.fill(direction, (float) (1 / Math.sqrt(WIDTH)));
    return direction;
  }

  private static OProjEdit edit(double factor) {
    return new OProjEdit(
        model.decoder().manager(),
        Map.of(1, direction(), 3, direction()),
        OProjEdit.Side.OUTPUT,
        factor,
        false);
  }

  private static double[] logSoftmax(int[] prompt, int[] text, int count, Intervention with) {
    Decoder decoder = model.decoder();
    int[] all = Arrays.copyOf(prompt, prompt.length + count);
    System.arraycopy(text, 0, all, prompt.length, count);
    try (NDManager scratch = decoder.manager().newSubManager();
        Pass pass =
            decoder.pass(scratch, List.of(Segment.sequence(all, prompt.length - 1, null)), with)) {
      NDArray last = decoder.run(scratch, pass).get(new NDIndex("{}:", all.length - 1));
      float[] logits = decoder.logits(last).toFloatArray();
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp((double) logit);
      }
      double[] result = new double[logits.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = logits[i] - Math.log(sum);
      }
      return result;
    }
  }

  private static void assertDivergences(int[] base, int[] own, int[] text, Intervention with) {
    double[] found = new Divergence(model.decoder()).along(base, own, text, with);
    assertThat(found).hasSameSizeAs(text);
    for (int i = 0; i < text.length; i++) {
      double[] p = logSoftmax(base, text, i, Intervention.NONE);
      double[] q = logSoftmax(own, text, i, with);
      double expected = 0;
      for (int token = 0; token < p.length; token++) {
        expected += Math.exp(p[token]) * (p[token] - q[token]);
      }
      assertThat(found[i]).as("token " + i).isCloseTo(expected, within(1e-6 + 1e-4 * expected));
    }
    assertThat(Arrays.stream(found).max().orElse(0)).isGreaterThan(1e-3);
  }

  @Test
  void editsDeltasAndPromptsOfAnyLength() {
    int[] prompt = tokens("The tide turned");
    int[] text = tokens(" and the ship came home to the old harbour.");
    try (OProjEdit edit = edit(4)) {
      assertDivergences(prompt, prompt, text, edit);
    }
    float[] vector = direction();
    vector[3] = 9;
    try (PromptEndDelta delta =
        new PromptEndDelta(
            1, PromptEndDelta.Site.BLOCK_OUTPUT, model.decoder().manager().create(vector))) {
      assertDivergences(prompt, prompt, text, delta);
    }
    assertDivergences(prompt, tokens("Once more: the tide turned"), text, Intervention.NONE);
  }

  @Test
  void anInterventionThatChangesEarlierTokensReadsEachBeginningAnew() {
    int[] prompt = tokens("Q: Why?\nA:");
    try (NDManager owner = model.decoder().manager().newSubManager()) {
      NDArray reference = owner.ones(new ai.djl.ndarray.types.Shape(TinyModel.LAYERS, WIDTH));
      ReferencePull pull =
          new ReferencePull(reference, List.of(0.0, 0.4, 0.0, 0.2), ReferencePull.Mean.GROWING);
      assertDivergences(prompt, prompt, tokens(" so."), pull);
    }
  }

  @Test
  void strengthZeroIsNoDivergenceAtAll() {
    int[] prompt = tokens("The tide turned");
    try (OProjEdit edit = edit(0)) {
      assertThat(new Divergence(model.decoder()).along(prompt, prompt, tokens(" 40 times."), edit))
          .containsOnly(0);
    }
  }
}
