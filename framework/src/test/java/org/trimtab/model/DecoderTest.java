package org.trimtab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.model.intervene.Intervention;

class DecoderTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures/parity");

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "gemma2", "phi3"})
  void whatGradientsAreTakenOfIsTheSameModel(String family) {
    try (Decoder decoder =
        ModelLoader.load(FIXTURES.resolve(family), Device.cpu(), DataType.FLOAT32)) {
      float[] quick = logits(decoder);
      float[] plain = logits(decoder.forGradients());
      for (int i = 0; i < plain.length; i++) {
        assertThat(quick[i]).isCloseTo(plain[i], within(1e-4f));
      }
      assertThat(decoder.forGradients()).isSameAs(decoder.forGradients());
    }
  }

  private static float[] logits(Decoder decoder) {
    try (NDManager scratch = decoder.manager().newSubManager();
        Pass pass =
            decoder.pass(
                scratch, List.of(Segment.of(1, 2, 3, 4), Segment.of(5)), Intervention.NONE)) {
      return decoder.logits(decoder.run(scratch, pass)).toFloatArray();
    }
  }
}
