package org.trimtab.model.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;

class HubFolderTest {
  private static final String TOKENIZER =
      """
      {
        "version": "1.0",
        "truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0},
        "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null,
                    "pad_id": 0, "pad_type_id": 0, "pad_token": "<pad>"},
        "added_tokens": [
          {"id": 0, "content": "<pad>", "single_word": false, "lstrip": false, "rstrip": false,
           "normalized": false, "special": true},
          {"id": 5, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false,
           "normalized": false, "special": true}
        ],
        "normalizer": null,
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": {
          "type": "TemplateProcessing",
          "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
          "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
          "special_tokens": {"<s>": {"id": "<s>", "ids": [5], "tokens": ["<s>"]}}
        },
        "decoder": null,
        "model": {"type": "WordLevel", "vocab": {"<pad>": 0, "the": 1, "ship": 2, "turns": 3, "?": 4}, "unk_token": "?"}
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void tokenizer() throws IOException {
    write("tokenizer.json", TOKENIZER);
  }

  @Test
  void aVocabularyWithoutTokensIsRefused() throws IOException {
    write(
        "tokenizer.json",
        """
        {"version": "1.0", "added_tokens": [], "model": {"type": "BPE", "vocab": {}, "merges": []}}
        """);
    assertThatThrownBy(() -> Tokenizers.ofFolder(folder))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("tokenizer.json: model: vocab has no tokens");
  }

  @Test
  void readsTokenizerJsonWithoutItsTruncationAndPadding() {
    try (Tokenizer tokenizer = Tokenizers.ofFolder(folder)) {
      assertThat(tokenizer.encode("the ship turns left", false)).containsExactly(1, 2, 3, 4);
      assertThat(tokenizer.encode("the <s>ship", true)).containsExactly(5, 1, 5, 2);
      assertThat(tokenizer.encode("the ".repeat(2000), true)).hasSize(2001);
      assertThat(tokenizer.decode(new int[] {5, 1, 2}, true)).isEqualTo("the ship");
      assertThat(tokenizer.vocabularySize()).isEqualTo(6);
      assertThat(tokenizer.token(5)).isEqualTo("<s>");
      assertThatThrownBy(() -> tokenizer.token(6)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void needsNoOtherFile() {
    try (Tokenizer tokenizer = Tokenizers.ofFolder(folder)) {
      assertThat(tokenizer.bos()).isEmpty();
      assertThat(tokenizer.eos()).isEmpty();
      assertThat(tokenizer.ends()).isEmpty();
      assertThat(tokenizer.specialTokens()).isEmpty();
      assertThat(tokenizer.chatTemplate()).isEmpty();
    }
  }

  @Test
  void readsSpecialTokensInAllTheirForms() throws IOException {
    write(
        "tokenizer_config.json",
        """
        {"bos_token": {"content": "<s>", "special": true}, "eos_token": "ship", "unk_token": null,
         "model_max_length": 1000000000000000019884624838656}
        """);
    write(
        "special_tokens_map.json",
        "{\"pad_token\": {\"content\": \"<pad>\"}, \"eos_token\": \"?\"}");
    write("generation_config.json", "{\"eos_token_id\": [2, 3]}");

    try (Tokenizer tokenizer = Tokenizers.ofFolder(folder)) {
      assertThat(tokenizer.specialTokens())
          .isEqualTo(Map.of("bos_token", "<s>", "eos_token", "ship", "pad_token", "<pad>"));
      assertThat(tokenizer.bos()).hasValue(5);
      assertThat(tokenizer.eos()).hasValue(2);
      assertThat(tokenizer.ends()).containsExactlyInAnyOrder(2, 3);
    }
  }

  @Test
  void readsChatTemplatesInAllTheirForms() throws IOException {
    write("tokenizer_config.json", "{\"chat_template\": \"plain\"}");
    assertThat(Tokenizers.ofFolder(folder).chatTemplate()).contains("plain");
    write(
        "tokenizer_config.json",
        """
        {"chat_template": [{"name": "tool_use", "template": "tools"},
                           {"name": "default", "template": "usual"}]}
        """);
    assertThat(Tokenizers.ofFolder(folder).chatTemplate()).contains("usual");
    write("chat_template.jinja", "{{ file }}\n");
    assertThat(Tokenizers.ofFolder(folder).chatTemplate()).contains("{{ file }}\n");
  }

  @Test
  void hashesContentAndNotLayout() throws IOException {
    String hash = Tokenizers.ofFolder(folder).sha256();
    write(
        "tokenizer.json",
        TOKENIZER.replace("\n", "").replace("\"max_length\": 2", "\"max_length\": 7"));
    assertThat(Tokenizers.ofFolder(folder).sha256()).isEqualTo(hash);
    write("tokenizer.json", TOKENIZER.replace("\"turns\"", "\"turned\""));
    assertThat(Tokenizers.ofFolder(folder).sha256()).isNotEqualTo(hash);
  }

  @Test
  void namesTheFileThatIsWrong() throws IOException {
    assertRefused("generation_config.json", "{\"eos_token_id\": \"x\"}", "integer or a list");
    assertRefused(
        "special_tokens_map.json", "{\"bos_token\": 3}", "'bos_token' should be a string");
    assertRefused("tokenizer_config.json", "[]", "should be a JSON object");
    assertRefused("tokenizer_config.json", "{\"a\": 1, \"a\": 2}", "Duplicate");
    assertRefused("tokenizer.json", "{\"model\":", "is not JSON");
    assertRefused("tokenizer.json", "{}", "holds no tokens");
    Files.delete(folder.resolve("tokenizer.json"));
    assertThatThrownBy(() -> Tokenizers.ofFolder(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tokenizer.json is missing");
  }

  private void assertRefused(String file, String content, String message) throws IOException {
    write(file, content);
    assertThatThrownBy(() -> Tokenizers.ofFolder(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(folder.resolve(file).toString())
        .hasMessageContaining(message);
    if (file.equals("tokenizer.json")) {
      tokenizer();
    } else {
      Files.delete(folder.resolve(file));
    }
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content);
  }
}
