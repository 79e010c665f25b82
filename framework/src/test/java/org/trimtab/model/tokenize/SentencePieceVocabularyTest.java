package org.trimtab.model.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trimtab.model.tokenize.Vocabularies.sentencePiece;
import static org.trimtab.model.tokenize.Vocabularies.spelt;
import static org.trimtab.model.tokenize.Vocabularies.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.model.weights.GgufMetadata;

class SentencePieceVocabularyTest {
  private static final String[] PIECES = {
    "he", "ll", "▁he", "llo", "▁hello", "▁▁", "▁", "h", "e", "l", "o", "w", "."
  };

  @Test
  void encodesAsSentencePieceDoes() throws IOException {
    JsonNode reference;
    try (InputStream in =
        SentencePieceVocabularyTest.class.getResourceAsStream(
            "/fixtures/sentencepiece/reference.json")) {
      reference = new JsonMapper().readTree(in);
    }
    Map<String, Object> metadata =
        Map.of(
            "tokenizer.ggml.model", "llama",
            "tokenizer.ggml.tokens",
                reference.path("tokens").valueStream().map(JsonNode::textValue).toList(),
            "tokenizer.ggml.token_type",
                reference.path("types").valueStream().map(JsonNode::longValue).toList(),
            "tokenizer.ggml.scores",
                reference.path("scores").valueStream().map(JsonNode::doubleValue).toList());

    try (Tokenizer tokenizer = tokenizer(metadata)) {
      for (JsonNode text : reference.path("texts")) {
        int[] ids = text.path("ids").valueStream().mapToInt(JsonNode::intValue).toArray();
        String plain = text.path("text").textValue();
        assertThat(tokenizer.encode(plain, false)).as(plain).isEqualTo(ids);
        assertThat(tokenizer.decode(ids, false)).isEqualTo(plain);
      }
    }
  }

  @Test
  void mergesTheBestScoreFirst() {
    try (Tokenizer tokenizer = tokenizer(sentencePiece(PIECES))) {
      assertThat(spelt(tokenizer, "hello", true)).containsExactly("<s>", "▁hello");
      assertThat(spelt(tokenizer, "lllo", false)).containsExactly("▁", "ll", "l", "o");
      assertThat(spelt(tokenizer, "  hello", false)).containsExactly("▁▁", "▁hello");
    }
  }

  @Test
  void spellsUnknownCharactersInBytes() {
    try (Tokenizer tokenizer = tokenizer(sentencePiece(PIECES))) {
      assertThat(spelt(tokenizer, "hé", false)).containsExactly("▁", "h", "<0xC3>", "<0xA9>");
      assertThat(tokenizer.decode(tokenizer.encode("hé 🙂", false), true)).isEqualTo("hé 🙂");
      assertThat(spelt(tokenizer, "<0x41>", false)).doesNotContain("<0x41>");
    }
  }

  @Test
  void putsASpaceInFrontUnlessToldNotTo() {
    Map<String, Object> metadata = sentencePiece(PIECES);
    assertThat(tokenizer(metadata).decode(tokenizer(metadata).encode(" he", false), true))
        .isEqualTo(" he");

    metadata.put("tokenizer.ggml.add_space_prefix", false);
    Tokenizer tokenizer = tokenizer(metadata);
    assertThat(spelt(tokenizer, "hello", true)).containsExactly("<s>", "he", "llo");
    assertThat(tokenizer.decode(tokenizer.encode(" he", false), true)).isEqualTo(" he");
  }

  @Test
  void findsSpecialAndUserDefinedTokensInText() {
    Map<String, Object> metadata = sentencePiece(PIECES);
    metadata.put("tokenizer.ggml.add_space_prefix", false);
    try (Tokenizer tokenizer = tokenizer(metadata)) {
      assertThat(spelt(tokenizer, "<s>he</s>\n", false))
          .containsExactly("<s>", "he", "</s>", "<0x0A>");
      assertThat(spelt(tokenizer, "<turn>he", false)).containsExactly("<turn>", "he");
      assertThat(tokenizer.decode(tokenizer.encode("<s><turn>he", false), true))
          .isEqualTo("<turn>he");
    }
  }

  @Test
  void letsSpecialTokensOfPhi3SwallowSpace() {
    Map<String, Object> metadata = sentencePiece(PIECES);
    metadata.put("tokenizer.ggml.add_space_prefix", false);
    metadata.put("general.name", "Phi-3 mini");
    try (Tokenizer tokenizer = tokenizer(metadata)) {
      assertThat(spelt(tokenizer, "<turn>\n he", false)).containsExactly("<turn>", "he");
      assertThat(spelt(tokenizer, "<s> he", false)).containsExactly("<s>", "▁he");
    }
  }

  @Test
  void namesItsSpecialTokens() {
    Map<String, Object> metadata = sentencePiece(PIECES);
    metadata.put("tokenizer.ggml.eot_token_id", 259L);
    metadata.put("tokenizer.chat_template", "{{ messages }}");
    try (Tokenizer tokenizer = tokenizer(metadata)) {
      assertThat(tokenizer.bos()).hasValue(1);
      assertThat(tokenizer.eos()).hasValue(2);
      assertThat(tokenizer.ends()).containsExactlyInAnyOrder(2, 259);
      assertThat(tokenizer.specialTokens())
          .isEqualTo(Map.of("bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>"));
      assertThat(tokenizer.chatTemplate()).contains("{{ messages }}");
      assertThat(tokenizer.vocabularySize()).isEqualTo(260 + PIECES.length);
    }
  }

  @Test
  void refusesMissingScores() {
    Map<String, Object> metadata = sentencePiece(PIECES);
    metadata.put("tokenizer.ggml.scores", List.of(0.0));
    assertThatThrownBy(() -> tokenizer(metadata))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tokenizer.ggml.scores has 1 entries for 273 tokens");
    metadata.remove("tokenizer.ggml.scores");
    assertThatThrownBy(() -> tokenizer(metadata))
        .hasMessageContaining("'tokenizer.ggml.scores' is missing");
  }

  /** What other programs read gives the same ids, ends and template. */
  @Test
  void isTheSameTokenizerOnceItIsWrittenAsAHubFolder(@TempDir Path folder) throws IOException {
    Map<String, Object> metadata = sentencePiece(PIECES);
    metadata.put("tokenizer.chat_template", "{{ messages[0]['content'] }}");
    Tokenizers.write(new GgufMetadata("test.gguf", metadata), folder);

    try (Tokenizer original = tokenizer(metadata);
        Tokenizer written = Tokenizers.ofFolder(folder)) {
      assertThat(written.sha256()).isEqualTo(original.sha256());
      assertThat(written.encode("hello <turn> hé", true))
          .isEqualTo(original.encode("hello <turn> hé", true));
      assertThat(written.ends()).isEqualTo(original.ends());
      assertThat(written.specialTokens()).isEqualTo(original.specialTokens());
      assertThat(written.chatTemplate()).isEqualTo(original.chatTemplate());
    }
  }
}
