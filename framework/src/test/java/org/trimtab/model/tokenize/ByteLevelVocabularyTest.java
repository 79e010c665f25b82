package org.trimtab.model.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trimtab.model.tokenize.Vocabularies.byteLevel;
import static org.trimtab.model.tokenize.Vocabularies.spelt;
import static org.trimtab.model.tokenize.Vocabularies.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UserException;

class ByteLevelVocabularyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gpt-2|we're WE'RE|we 're ĠWE ' RE",
        "gpt-2|x=12345|x = 12345",
        "gpt-2|camelCase|camelCase",
        "smollm|x=12345|x = 1 2 3 4 5",
        "smollm|we're WE'RE|we 're ĠWE ' RE",
        "starcoder|x=12345|x = 1 2 3 4 5",
        "llama-bpe|x=12345|x = 123 45",
        "llama-bpe|we're WE'RE|we 're ĠWE 'RE",
        "llama-bpe|(the=the|(the =the",
        "dbrx|x=12345|x = 123 45",
        "qwen2|x=12345|x = 1 2 3 4 5",
        "qwen2|we're WE'RE|we 're ĠWE 'RE",
        "qwen35|x=12345|x = 1 2 3 4 5",
        "tekken|camelCase|camel Case",
        "tekken|x=12345|x = 1 2 3 4 5",
        "gpt-4o|camelCase|camel Case",
        "gpt-4o|we'd|we'd",
        "tekken|we'd|we ' d",
        "gpt-4o|x=12345|x = 123 45",
        "deepseek-v3|x=12345|x = 123 45",
        "deepseek-v3|(the=the|(the =the",
      })
  void cutsWordsAsItsNameSays(String preTokenizer, String text, String expected) {
    String[] words = {
      "12345", "45", "'re", "'RE", "ĠWE", "RE", "we'd", "(the", "=the", "camelCase", "Case"
    };

    try (Tokenizer tokenizer = tokenizer(byteLevel(preTokenizer, words))) {
      assertThat(spelt(tokenizer, text, false)).isEqualTo(List.of(expected.split(" ")));
      assertThat(tokenizer.decode(tokenizer.encode(text, false), true)).isEqualTo(text);
    }
  }

  @Test
  void composesCharactersOnlyWhereTheModelDid() {
    String decomposed = "e\u0301";

    try (Tokenizer qwen = tokenizer(byteLevel("qwen2"));
        Tokenizer llama = tokenizer(byteLevel("llama-bpe"))) {
      assertThat(qwen.encode(decomposed, false)).isEqualTo(qwen.encode("é", false)).hasSize(2);
      assertThat(llama.encode(decomposed, false)).hasSize(3);
    }
  }

  @Test
  void takesWholeWordsBeforeMergesOnlyWhereTheModelDid() {
    Map<String, Object> llama = byteLevel("llama-bpe", "bc");
    Map<String, Object> dbrx = byteLevel("dbrx", "bc");
    for (Map<String, Object> metadata : List.of(llama, dbrx)) {
      replaceToken(metadata, "<tool>", "abc");
    }

    try (Tokenizer whole = tokenizer(llama);
        Tokenizer merged = tokenizer(dbrx)) {
      assertThat(spelt(whole, "abc", false)).containsExactly("abc");
      assertThat(spelt(merged, "abc", false)).containsExactly("a", "bc");
    }
  }

  @Test
  void beginsAndEndsAsTheFileSays() {
    Map<String, Object> metadata = byteLevel("gpt-2");
    assertThat(spelt(tokenizer(metadata), "a", true)).containsExactly("a");
    assertThat(spelt(tokenizer(byteLevel("llama-bpe")), "a", true)).containsExactly("<s>", "a");

    metadata.put("tokenizer.ggml.add_bos_token", true);
    metadata.put("tokenizer.ggml.add_eos_token", true);
    Tokenizer tokenizer = tokenizer(metadata);
    assertThat(spelt(tokenizer, "a", true)).containsExactly("<s>", "a", "</s>");
    assertThat(spelt(tokenizer, "", true)).containsExactly("<s>", "</s>");
    assertThat(spelt(tokenizer, "a", false)).containsExactly("a");
  }

  @Test
  void recognisesSpecialTokensThatAreWrittenOut() {
    try (Tokenizer tokenizer = tokenizer(byteLevel("gpt-2"))) {
      int[] ids = tokenizer.encode("a<s>b<tool>", false);

      assertThat(spelt(tokenizer, "a<s>b<tool>", false)).containsExactly("a", "<s>", "b", "<tool>");
      assertThat(tokenizer.decode(ids, false)).isEqualTo("a<s>b<tool>");
      assertThat(tokenizer.decode(ids, true)).isEqualTo("ab<tool>");
    }
  }

  @Test
  void neitherTruncatesNorPads() {
    try (Tokenizer tokenizer = tokenizer(byteLevel("gpt-2"))) {
      assertThat(tokenizer.encode("a ".repeat(5000), true)).hasSize(10_000);
      assertThat(tokenizer.encode("a", true)).hasSize(1);
    }
  }

  @Test
  void takesEveryCharacterThatJavaHas() {
    try (Tokenizer tokenizer = tokenizer(byteLevel("gpt-2"))) {
      String text = "\u0000 🙂👩\u200d👧 \uFFFF é";
      assertThat(tokenizer.decode(tokenizer.encode(text, false), false)).isEqualTo(text);
      assertThatThrownBy(() -> tokenizer.encode("ab\uD83D", false))
          .isInstanceOf(UserException.class)
          .hasMessage("text is not valid Unicode: half of a surrogate pair at character 2");
      assertThatThrownBy(() -> tokenizer.encode("\uDE42\uD83D", false))
          .isInstanceOf(UserException.class);
    }
  }

  @Test
  void isUsedByManyThreadsAtOnce() {
    try (Tokenizer tokenizer = tokenizer(byteLevel("gpt-2", "Ġthe"))) {
      int[] expected = tokenizer.encode("all the words of the text", false);
      assertThat(
              IntStream.range(0, 500)
                  .parallel()
                  .mapToObj(i -> tokenizer.encode("all the words of the text", false)))
          .allSatisfy(ids -> assertThat(ids).isEqualTo(expected));
    }
  }

  @Test
  void hashesWhatDecidesIds() {
    Map<String, Object> metadata = byteLevel("gpt-2");
    String plain = tokenizer(metadata).sha256();
    metadata.put("general.name", "another");
    assertThat(tokenizer(metadata).sha256()).isEqualTo(plain).hasSize(64);
    metadata.put("tokenizer.ggml.add_bos_token", true);
    assertThat(tokenizer(metadata).sha256()).isNotEqualTo(plain);
    assertThat(tokenizer(byteLevel("smollm")).sha256()).isNotEqualTo(plain);
    assertThat(tokenizer(byteLevel("gpt-2", "ab")).sha256()).isNotEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"falcon", "qwen3", ""})
  void refusesPreTokenizersThatItDoesNotKnowExactly(String name) {
    assertThatThrownBy(() -> tokenizer(byteLevel(name)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("model.gguf: pre-tokenizer '" + name + "'")
        .hasMessageContaining("known are gpt-2, smollm, starcoder, llama-bpe");
  }

  /** As the patterns of llama.cpp split it: punctuation, then words, digits in threes. */
  @Test
  void whatAFileDoesNotSayIsSplitAsLlamaCppDoes() {
    Map<String, Object> missing = byteLevel("default", "12345", "a$b", "\u0120to", "it's");
    missing.remove("tokenizer.ggml.pre");
    for (Map<String, Object> metadata :
        List.of(missing, byteLevel("default", "12345", "a$b", "\u0120to", "it's"))) {
      try (Tokenizer tokenizer = tokenizer(metadata)) {
        assertThat(spelt(tokenizer, "12345a$b to it's", false))
            .containsExactly("123", "4", "5", "a", "$", "b", "\u0120to", "\u0120", "it", "'", "s");
        assertThat(tokenizer.notes())
            .singleElement()
            .asString()
            .contains("model.gguf: tokenizer.ggml.pre is ")
            .contains("words are split as llama.cpp does then");
      }
    }
  }

  @Test
  void deepSeeksQwenSplitsAsQwen2WithoutNormalisation() {
    try (Tokenizer tokenizer = tokenizer(byteLevel("deepseek-r1-qwen", "12", "it's"))) {
      assertThat(spelt(tokenizer, "12 it's e\u0301", false))
          .containsExactly("1", "2", "\u0120", "it", "'", "s", "\u0120", "e", "\u00cc", "\u0123");
      assertThat(tokenizer.notes()).hasSize(1);
    }
  }

  @Test
  void refusesBrokenVocabularies() {
    assertRefused("tokenizer.ggml.model", "wordpiece", "known are gpt2 (byte-level BPE) and llama");
    assertRefused("tokenizer.ggml.merges", List.of("a zz"), "merge 'a zz'");
    assertRefused("tokenizer.ggml.merges", List.of("ab"), "merge 'ab'");
    assertRefused("tokenizer.ggml.merges", "a b", "should be a list of strings");
    assertRefused("tokenizer.ggml.tokens", List.of("a", "a"), "tokens 0 and 1 have the same text");
    assertRefused("tokenizer.ggml.token_type", List.of(1L), "has 1 entries for 259 tokens");
    assertRefused("tokenizer.ggml.bos_token_id", 9999L, "bos_token_id is 9999, but ids are 0 to");
    Map<String, Object> wrongType = byteLevel("gpt-2");
    List<Object> types = new ArrayList<>((List<?>) wrongType.get("tokenizer.ggml.token_type"));
    types.set(7, 1L << 32);
    assertRefused("tokenizer.ggml.token_type", types, "token 7 has type 4294967296");
    for (String key : List.of("model", "tokens", "merges")) {
      Map<String, Object> metadata = byteLevel("gpt-2");
      metadata.remove("tokenizer.ggml." + key);
      assertThatThrownBy(() -> tokenizer(metadata))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("'tokenizer.ggml." + key + "' is missing");
    }
  }

  @Test
  void refusesToBeginWithATokenThatTheFileDoesNotName() {
    Map<String, Object> metadata = byteLevel("llama-bpe");
    metadata.remove("tokenizer.ggml.bos_token_id");

    assertThatThrownBy(() -> tokenizer(metadata))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'tokenizer.ggml.bos_token_id' is missing");
  }

  private static void assertRefused(String key, Object value, String message) {
    Map<String, Object> metadata = byteLevel("gpt-2");
    metadata.put(key, value);
    assertThatThrownBy(() -> tokenizer(metadata))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("model.gguf")
        .hasMessageContaining(message);
  }

  private static void replaceToken(Map<String, Object> metadata, String old, String token) {
    List<Object> tokens = new ArrayList<>((List<?>) metadata.get("tokenizer.ggml.tokens"));
    List<Object> types = new ArrayList<>((List<?>) metadata.get("tokenizer.ggml.token_type"));
    int id = tokens.indexOf(old);
    tokens.set(id, token);
    types.set(id, 1L);
    metadata.put("tokenizer.ggml.tokens", tokens);
    metadata.put("tokenizer.ggml.token_type", types);
  }
}
