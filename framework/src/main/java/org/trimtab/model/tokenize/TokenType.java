package org.trimtab.model.tokenize;

import java.util.Optional;

/** The type of a token in a GGUF vocabulary. */
enum TokenType {
  /** Made from text by merging. */
  NORMAL,
  /** Replaces characters that have no token. */
  UNKNOWN,
  /** A control token, such as BOS; not text. */
  CONTROL,
  /** Matched in text before merging. */
  USER_DEFINED,
  /** Merged like a normal token, though it never occurred in training. */
  UNUSED,
  /** A byte of a character that has no token. */
  BYTE;

  /** The type for a number in {@code tokenizer.ggml.token_type}. */
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
