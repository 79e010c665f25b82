package org.trimtab.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trimtab.UserException;
import org.trimtab.method.adapter.Variant;
import org.trimtab.model.Decoder;
import org.trimtab.model.ModelLoader;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.intervene.Combined;
import org.trimtab.model.intervene.FinalAdapter;
import org.trimtab.model.intervene.FinalAdapter.Placement;
import org.trimtab.model.intervene.FinalAdapter.Released;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.weights.StorageType;
import org.trimtab.plan.random.CounterRandom;

/** Adapters as files: merged into an unembedding of its own, or beside the model. */
class AdapterFileTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final Path UNTIED = FIXTURES.resolve("parity/llama");
  private static final Path TIED = FIXTURES.resolve("parity/llama-wide-heads");

  @TempDir private Path folder;

  private static Decoder load(Path path) {
    return ModelLoader.load(path, Device.cpu(), DataType.FLOAT32);
  }

  private static FinalAdapter adapter(
      Decoder decoder, Variant variant, double factor, @Nullable Released released) {
    ModelConfig config = decoder.config();
    float[] values = new float[variant.names().size() * 3 * config.hidden()];
    CounterRandom random = CounterRandom.of(3, "test");
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.3 * random.normal(i));
    }
    return new FinalAdapter(
        config.layers(),
        variant.module(decoder.manager(), values, config.hidden()),
        factor,
        Placement.LAST,
        released);
  }

  private static float[] logits(Decoder decoder, Intervention intervention) {
    try (NDManager scratch = decoder.manager().newSubManager();
        Pass pass = decoder.pass(scratch, List.of(Segment.of(3, 1, 4, 1, 5, 9)), intervention)) {
      NDArray logits = decoder.logits(intervention, decoder.run(scratch, pass));
      return logits.toFloatArray();
    }
  }

  private static double difference(float[] a, float[] b) {
    double largest = a.length == b.length ? 0 : Double.NaN;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
    }
    return largest;
  }

  @Test
  void aLinearAdapterIsMergedIntoAnUnembeddingOfItsOwn() throws IOException {
    try (Decoder decoder = load(UNTIED)) {
      FinalAdapter adapter = adapter(decoder, Variant.LINEAR, 0.5, null);
      Changes changes = Changes.of(adapter, decoder.config());
      changes.check(Form.WEIGHTS, decoder.config(), false);
      new EditedModel(UNTIED, decoder, adapter, changes, new Rounding())
          .writeHub(folder, Set.of("config.json", "model.safetensors"), Optional.empty());
      try (Decoder merged = load(folder)) {
        assertMerged(decoder, adapter, merged);
      }
    }
  }

  @Test
  void soItIsInAGgufFileAndInTheHubFolderOfOne() throws IOException {
    Path model = FIXTURES.resolve("gguf/llama.gguf");
    try (Decoder decoder = load(model)) {
      FinalAdapter adapter = adapter(decoder, Variant.LINEAR, 0.5, null);
      Changes changes = Changes.of(adapter, decoder.config());
      changes.check(Form.GGUF, decoder.config(), true);
      new EditedModel(model, decoder, adapter, changes, new Rounding())
          .writeGguf(folder, StorageType.F32);
      try (Decoder merged = load(folder.resolve(EditedModel.GGUF))) {
        assertMerged(decoder, adapter, merged);
      }
    }
  }

  private static void assertMerged(Decoder decoder, FinalAdapter adapter, Decoder merged) {
    float[] expected = logits(decoder, adapter);
    assertThat(difference(logits(merged, Intervention.NONE), expected)).isLessThan(1e-4);
    assertThat(difference(logits(decoder, Intervention.NONE), expected)).isGreaterThan(0.01);
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void beforeATiedUnembeddingItIsAFileOfItsOwn(Variant variant) throws IOException {
    try (Decoder decoder = load(TIED)) {
      FinalAdapter adapter = adapter(decoder, variant, -0.5, null);
      Changes changes = Changes.of(adapter, decoder.config());
      changes.check(Form.ADAPTER, decoder.config(), false);
      AdapterFile.of(adapter).write(folder, "some/model");
      FinalAdapter read = AdapterFile.read(folder, decoder);

      assertThat(read.placement()).isEqualTo(Placement.LAST);
      assertThat(difference(logits(decoder, read), logits(decoder, adapter))).isLessThan(1e-5);
    }
  }

  @Test
  void whatAFormCannotSayIsRefusedWithTheFormThatCan() {
    try (Decoder tied = load(TIED);
        Decoder untied = load(UNTIED)) {
      Released released = new Released(untied::finalNorm, untied.embeddingHead()::logits);
      refused(
          tied,
          adapter(tied, Variant.LINEAR, 1, null),
          Form.WEIGHTS,
          "also the embedding of this model (tied)",
          "; what can say it: adapter");
      refused(
          untied,
          adapter(untied, Variant.GATED, 1, null),
          Form.WEIGHTS,
          "a gated adapter is no product of matrices",
          "; what can say it: adapter");
      refused(
          untied,
          adapter(untied, Variant.LINEAR, 1, released),
          Form.WEIGHTS,
          "as_released applies the final norm twice",
          "; what can say it: adapter");
      refused(
          untied,
          adapter(untied, Variant.LINEAR, 1, null),
          Form.LORA,
          "changes the final hidden state",
          "; what can say it: weights, adapter");
      assertThat(Changes.of(adapter(tied, Variant.GATED, 0, null), tied.config()).none()).isTrue();
      FinalAdapter one = adapter(tied, Variant.GATED, 1, null);
      assertThatThrownBy(() -> Changes.of(new Combined(List.of(one, one)), tied.config()))
          .hasMessageContaining("several adapters");
    }
  }

  private static void refused(
      Decoder decoder, FinalAdapter adapter, Form form, String reason, String end) {
    ModelConfig config = decoder.config();
    assertThatThrownBy(() -> Changes.of(adapter, config).check(form, config, false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("--as " + form + ": ")
        .hasMessageContaining(reason)
        .hasMessageEndingWith(end);
  }
}
