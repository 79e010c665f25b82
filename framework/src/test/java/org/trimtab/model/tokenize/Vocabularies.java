package org.trimtab.model.tokenize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.model.weights.GgufMetadata;

/** Small vocabularies made by hand. */
final class Vocabularies {
  private Vocabularies() {}

  /**
   * A byte-level vocabulary: the 256 bytes, the words given (merged from the left, in that order; Ġ
   * is a space, Ċ a new line), then the control tokens {@code <s>} and {@code </s>} and the
   * user-defined {@code <tool>}.
   */
  static Map<String, Object> byteLevel(String preTokenizer, String... words) {
    Set<String> tokens = new LinkedHashSet<>();
    for (int value = 0, moved = 256; value < 256; value++) {
      boolean printable = (value > 32 && value < 127) || (value > 160 && value != 173);
      tokens.add(String.valueOf((char) (printable ? value : moved++)));
    }
    Set<String> merges = new LinkedHashSet<>();
    for (String word : words) {
      for (int length = 2; length <= word.length(); length++) {
        merges.add(word.substring(0, length - 1) + " " + word.charAt(length - 1));
        tokens.add(word.substring(0, length));
      }
    }
    List<Long> types = new ArrayList<>();
    tokens.forEach(token -> types.add(1L));
    types.addAll(List.of(3L, 3L, 4L));
    tokens.addAll(List.of("<s>", "</s>", "<tool>"));
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("tokenizer.ggml.model", "gpt2");
    metadata.put("tokenizer.ggml.pre", preTokenizer);
    metadata.put("tokenizer.ggml.tokens", List.copyOf(tokens));
    metadata.put("tokenizer.ggml.token_type", List.copyOf(types));
    metadata.put("tokenizer.ggml.merges", List.copyOf(merges));
    metadata.put("tokenizer.ggml.bos_token_id", tokens.size() - 3L);
    metadata.put("tokenizer.ggml.eos_token_id", tokens.size() - 2L);
    return metadata;
  }

  /**
   * A SentencePiece vocabulary: unknown, BOS, EOS, the 256 bytes, the user-defined {@code <turn>},
   * then the pieces given, the first with the best score.
   */
  static Map<String, Object> sentencePiece(String... pieces) {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    List<Long> types = new ArrayList<>(List.of(2L, 3L, 3L));
    for (int value = 0; value < 256; value++) {
      tokens.add("<0x%02X>".formatted(value));
      types.add(6L);
    }
    tokens.add("<turn>");
    types.add(4L);
    List<Double> scores = new ArrayList<>();
    tokens.forEach(token -> scores.add(0.0));
    for (String piece : pieces) {
      scores.add((double) -(tokens.size() - 260));
      tokens.add(piece);
      types.add(1L);
    }
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("tokenizer.ggml.model", "llama");
    metadata.put("tokenizer.ggml.tokens", List.copyOf(tokens));
    metadata.put("tokenizer.ggml.token_type", List.copyOf(types));
    metadata.put("tokenizer.ggml.scores", List.copyOf(scores));
    return metadata;
  }

  static Tokenizer tokenizer(Map<String, Object> metadata) {
    return Tokenizers.ofGguf(new GgufMetadata("model.gguf", metadata));
  }

  /** What a text becomes, as the vocabulary spells it. */
  static List<String> spelt(Tokenizer tokenizer, String text, boolean specialTokens) {
    return Arrays.stream(tokenizer.encode(text, specialTokens)).mapToObj(tokenizer::token).toList();
  }
}
