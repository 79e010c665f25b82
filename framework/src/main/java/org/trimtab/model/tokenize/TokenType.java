package org.trimtab.model.tokenize;

import java.util.Optional;

/** What a token of a GGUF vocabulary is. */
enum TokenType {
  /** Made from text by merging. */
  NORMAL,
  /** Stands for characters that have no token. */
  UNKNOWN,
  /** Steers the model, like BOS; not text. */
  CONTROL,
  /** Found in text before anything is merged. */
  USER_DEFINED,
  /** Made by merging like a normal one, though training never met it. */
  UNUSED,
  /** A byte of a character that has no token. */
  BYTE;

  /** The type of a number in {@code tokenizer.ggml.token_type}. */
  static Optional<TokenType> ofGguf(long number) {
    return switch ((int) Math.max(0, Math.min(number, 7))) {
      case 1 -> Optional.of(NORMAL);
      case 2 -> Optional.of(UNKNOWN);
      case 3 -> Optional.of(CONTROL);
      case 4 -> Optional.of(USER_DEFINED);
      case 5 -> Optional.of(UNUSED);
      case 6 -> Optional.of(BYTE);
      default -> Optional.empty();
    };
  }
}
