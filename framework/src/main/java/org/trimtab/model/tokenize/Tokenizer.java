package org.trimtab.model.tokenize;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Text to token ids and back. Never truncates, never pads. Thread-safe. */
public interface Tokenizer extends AutoCloseable {
  /**
   * Token ids of a text.
   *
   * @param specialTokens whether the tokenizer's own special tokens (BOS, EOS) are added, as
   *     configured in the model's files (Llama and Gemma: BOS; Qwen and SmolLM2: none). Special
   *     tokens written out in the text are recognised in both cases
   */
  int[] encode(String text, boolean specialTokens);

  /** The text of token ids. */
  String decode(int[] ids, boolean skipSpecialTokens);

  /** The text of one token as the vocabulary spells it (for messages and plans). */
  String token(int id);

  /** The number of token ids, added tokens included. */
  int vocabularySize();

  /** The beginning-of-sequence token's id, if the model has one. */
  OptionalInt bos();

  /** The end-of-sequence token's id, if the model has one. */
  OptionalInt eos();

  /**
   * Ids that end generation: the end-of-sequence token and those that the model's files add
   * (generation_config.json, end-of-turn tokens of a GGUF file).
   */
  default Set<Integer> ends() {
    return eos().stream().boxed().collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Special tokens by the name that chat templates use: bos_token, eos_token, unk_token, pad_token.
   */
  Map<String, String> specialTokens();

  /** The chat template that comes with the tokenizer, if any. */
  Optional<String> chatTemplate();

  /**
   * SHA-256 (hex) of everything that determines ids: the tokenizer's canonical JSON and its BOS
   * rule.
   */
  String sha256();

  /** What is unusual in the model's files and what is done about it, one line each. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * Refuses ids for which a model has no embedding: those of ordinary tokens at once, those of
   * special tokens when a text contains them.
   *
   * @param rows rows of the embedding
   */
  default void requireBelow(int rows) {}

  @Override
  void close();
}
