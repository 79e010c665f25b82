package org.trimtab.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GgufFileTest {
  private final GgufFile file = GgufFile.open(WeightFixtures.path("gguf/llama.gguf"));
  private final MappedWeights hub = WeightFiles.open(WeightFixtures.path("parity/llama"));

  @Test
  void readsTheMetadata() {
    GgufMetadata metadata = file.metadata();

    assertThat(metadata.string("general.architecture")).contains("llama");
    assertThat(metadata.integer("llama.block_count")).contains(4L);
    assertThat(metadata.number("llama.attention.layer_norm_rms_epsilon"))
        .hasValueSatisfying(epsilon -> assertThat(epsilon).isEqualTo((double) 1e-5f));
    assertThat(metadata.strings("tokenizer.ggml.tokens"))
        .hasValueSatisfying(tokens -> assertThat(tokens).hasSize(160).startsWith("<t0>", "<t1>"));
    assertThat(metadata.integers("tokenizer.ggml.token_type")).isPresent();
    assertThat(metadata.integer("no.such.key")).isEmpty();
  }

  @Test
  void readsTheSameWeightsAsTheHubFolder() {
    assertThat(file.info("blk.0.ffn_down.weight"))
        .isEqualTo(new TensorInfo("blk.0.ffn_down.weight", "F32", List.of(32L, 64L)));
    assertThat(file.floats("blk.0.ffn_down.weight"))
        .isEqualTo(hub.floats("model.layers.0.mlp.down_proj.weight"));
    assertThat(file.floats("token_embd.weight")).isEqualTo(hub.floats("model.embed_tokens.weight"));
    assertThat(file.floats("output_norm.weight")).isEqualTo(hub.floats("model.norm.weight"));
  }

  @Test
  void isFoundByItsContent() {
    assertThat(WeightFiles.open(WeightFixtures.path("gguf/llama.gguf")))
        .isInstanceOf(GgufFile.class);
  }

  @Test
  void isReadByManyThreadsAtOnce() {
    float[] expected = hub.floats("model.embed_tokens.weight");

    assertThat(IntStream.range(0, 64).parallel().mapToObj(i -> file.floats("token_embd.weight")))
        .allSatisfy(values -> assertThat(values).isEqualTo(expected));
  }

  @Test
  void fillsMemoryOutsideOfTheHeap() {
    FloatBuffer direct =
        java.nio.ByteBuffer.allocateDirect(4 * 32)
            .order(java.nio.ByteOrder.nativeOrder())
            .asFloatBuffer();

    file.read("output_norm.weight", 0, direct);

    assertThat(direct.flip()).isEqualTo(FloatBuffer.wrap(hub.floats("model.norm.weight")));
  }
}
