package org.trimtab.model.tokenize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.trimtab.UserException;
import org.trimtab.model.weights.GgufMetadata;

/**
 * The vocabulary in a GGUF file: tokens by id, with their types.
 *
 * @param metadata of the file
 * @param tokens texts by id; all differ
 * @param types by id
 */
record GgufVocabulary(GgufMetadata metadata, List<String> tokens, List<TokenType> types) {
  private static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String TYPES = "tokenizer.ggml.token_type";

  GgufVocabulary {
    tokens = List.copyOf(tokens);
    types = List.copyOf(types);
  }

  static GgufVocabulary of(GgufMetadata metadata) {
    List<String> texts = metadata.strings(TOKENS).orElseThrow(() -> metadata.missing(TOKENS));
    List<String> tokens = new ArrayList<>();
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < texts.size(); id++) {
      String token = texts.get(id).isEmpty() ? "[EMPTY_" + id + "]" : texts.get(id);
      Integer twin = ids.put(token, id);
      if (twin != null) {
        throw new UserException(
            metadata.file() + ": tokens " + twin + " and " + id + " have the same text: " + token);
      }
      tokens.add(token);
    }
    return new GgufVocabulary(metadata, tokens, types(metadata, tokens.size()));
  }

  private static List<TokenType> types(GgufMetadata metadata, int size) {
    List<Long> numbers = metadata.integers(TYPES).orElse(List.of());
    if (!numbers.isEmpty() && numbers.size() != size) {
      throw new UserException(
          "%s: %s has %s entries for %s tokens"
              .formatted(metadata.file(), TYPES, numbers.size(), size));
    }
    List<TokenType> types = new ArrayList<>();
    for (int id = 0; id < size; id++) {
      long number = numbers.isEmpty() ? 1 : numbers.get(id);
      int place = id;
      types.add(
          TokenType.ofGguf(number)
              .orElseThrow(
                  () ->
                      new UserException(
                          "%s: token %s has type %s; known are 1 to 6"
                              .formatted(metadata.file(), place, number))));
    }
    return types;
  }

  /**
   * The id under a metadata key.
   *
   * @throws UserException when no token has it
   */
  OptionalInt id(String key) {
    long id = metadata.integer(key).orElse(-1L);
    if (metadata.integer(key).isEmpty()) {
      return OptionalInt.empty();
    }
    if (id < 0 || id >= tokens.size()) {
      throw new UserException(
          metadata.file() + ": " + key + " is " + id + ", but ids are 0 to " + (tokens.size() - 1));
    }
    return OptionalInt.of((int) id);
  }

  /** The token's id by its text. */
  Map<String, Integer> ids() {
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
    return ids;
  }

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
}
