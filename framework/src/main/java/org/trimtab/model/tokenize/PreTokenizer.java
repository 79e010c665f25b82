package org.trimtab.model.tokenize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.trimtab.UserException;
import org.trimtab.io.Json;

/**
 * How text is split into words before byte-level BPE, by the names in {@code tokenizer.ggml.pre}.
 * The patterns and the Unicode normalisation are those of the original models' tokenizer.json, from
 * which llama.cpp's sometimes differ, as its source notes (src/llama-vocab.cpp).
 */
enum PreTokenizer {
  /** GPT-2's own words. */
  GPT2(List.of("gpt-2"), false, false, false, List.of()),
  /** Single digits, then GPT-2's words (SmolLM, StarCoder 2). */
  DIGITS(List.of("smollm", "starcoder"), false, false, false, List.of()),
  /** Llama 3: the longest whole word in the vocabulary wins over merges; begins with BOS. */
  LLAMA3(
      List.of("llama-bpe", "llama-v3", "llama3"),
      false,
      true,
      true,
      List.of(Patterns.CONTRACTION + Patterns.WORDS + "|\\p{N}{1,3}" + Patterns.REST)),
  /** As Llama 3, with merges only (DBRX, Phi-4). */
  DBRX(
      List.of("dbrx"),
      false,
      false,
      false,
      List.of(Patterns.CONTRACTION + Patterns.WORDS + "|\\p{N}{1,3}" + Patterns.REST)),
  /** Qwen 2, 2.5 and 3: single digits. */
  QWEN2(
      List.of("qwen2"),
      true,
      false,
      false,
      List.of(Patterns.CONTRACTION + Patterns.WORDS + "|\\p{N}" + Patterns.REST)),
  /** DeepSeek R1's distilled Qwen models: Qwen 2's words, without normalisation. */
  DEEPSEEK_R1_QWEN(
      List.of("deepseek-r1-qwen"),
      false,
      false,
      false,
      List.of(Patterns.CONTRACTION + Patterns.WORDS + "|\\p{N}" + Patterns.REST)),
  /** What llama.cpp takes when a file says default or nothing: punctuation, then GPT-2's words. */
  DEFAULT(
      List.of("default"),
      false,
      false,
      false,
      List.of(
          "[\\p{P}\\$\\+<=>\\^~\\|]+",
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)",
          "\\p{N}+",
          "[0-9][0-9][0-9]")),
  /** Qwen 3.5: as Qwen 2, with combining marks inside words. */
  QWEN35(
      List.of("qwen35"),
      true,
      false,
      false,
      List.of(
          Patterns.CONTRACTION
              + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*"
              + Patterns.SPACES)),
  /** Mistral's Tekken (Nemo and later): words are split where lower case changes to upper case. */
  TEKKEN(
      List.of("tekken"),
      false,
      true,
      true,
      List.of(
          Patterns.LOWER_ENDING
              + "|"
              + Patterns.UPPER_STARTING
              + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*"
              + Patterns.SPACES)),
  /** GPT-4o and later (Phi-4-mini): as Tekken, with contractions and digits in threes. */
  GPT4O(
      List.of("gpt-4o"),
      false,
      false,
      false,
      List.of(
          Patterns.LOWER_ENDING
              + Patterns.CONTRACTION
              + "?|"
              + Patterns.UPPER_STARTING
              + Patterns.CONTRACTION
              + "?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*"
              + Patterns.SPACES)),
  /** DeepSeek V3 and R1: three passes. */
  DEEPSEEK_V3(
      List.of("deepseek-v3"),
      false,
      false,
      false,
      List.of(
          "\\p{N}{1,3}",
          "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+",
          "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
              + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*"
              + Patterns.SPACES));

  /** Common parts of patterns. */
  private static final class Patterns {
    static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    static final String WORDS = "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";
    static final String SPACES = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    static final String REST = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*" + SPACES;
    static final String LOWER_ENDING =
        "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+";
    static final String UPPER_STARTING =
        "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*";

    private Patterns() {}
  }

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> names;

  private final boolean composed;
  private final boolean wholeWordsFirst;
  private final boolean beginsWithBos;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> patterns;

  PreTokenizer(
      List<String> names,
      boolean composed,
      boolean wholeWordsFirst,
      boolean beginsWithBos,
      List<String> patterns) {
    this.names = names;
    this.composed = composed;
    this.wholeWordsFirst = wholeWordsFirst;
    this.beginsWithBos = beginsWithBos;
    this.patterns = patterns;
  }

  /**
   * The pre-tokenizer of a name.
   *
   * @throws UserException when it is unknown; lists the known ones
   */
  static PreTokenizer named(String name, String source) {
    return Arrays.stream(values())
        .filter(known -> known.names.contains(name))
        .findAny()
        .orElseThrow(
            () ->
                new UserException(
                    ("%s: pre-tokenizer '%s' (tokenizer.ggml.pre) is not known exactly;"
                            + " known are %s. Use the model's hub folder with its tokenizer.json instead")
                        .formatted(
                            source,
                            name,
                            Arrays.stream(values())
                                .flatMap(known -> known.names.stream())
                                .collect(Collectors.joining(", ")))));
  }

  /** Whether a pattern is one of these, which no text makes slow. */
  static boolean isPattern(String pattern) {
    return Arrays.stream(values()).anyMatch(known -> known.patterns.contains(pattern));
  }

  /** Whether text is first normalised to NFC. */
  boolean composed() {
    return composed;
  }

  /** Whether a word of the vocabulary becomes its token regardless of merges. */
  boolean wholeWordsFirst() {
    return wholeWordsFirst;
  }

  /** Whether texts begin with BOS if the file does not say. */
  boolean beginsWithBos() {
    return beginsWithBos;
  }

  /** The pre-tokenizer in the form of tokenizer.json. */
  ObjectNode json() {
    ObjectNode sequence = Json.object().put("type", "Sequence");
    ArrayNode steps = sequence.putArray("pretokenizers");
    if (this == DIGITS) {
      steps.addObject().put("type", "Digits").put("individual_digits", true);
    }
    for (String pattern : patterns) {
      ObjectNode split = steps.addObject().put("type", "Split");
      split.putObject("pattern").put("Regex", pattern);
      split.put("behavior", "Isolated").put("invert", false);
    }
    steps
        .addObject()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", patterns.isEmpty());
    return sequence;
  }
}
