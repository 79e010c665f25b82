package org.trimtab.model.tokenize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.UserException;
import org.trimtab.io.Json;
import org.trimtab.model.tokenize.GgufVocabulary.TokenType;
import org.trimtab.model.weights.GgufMetadata;

/**
 * Converts the tokenizer of a GGUF file to the form of tokenizer.json, as llama.cpp reads the same
 * keys (src/llama-vocab.cpp), defaults included.
 */
final class GgufTokenizer {
  private static final String MODEL = "tokenizer.ggml.model";
  private static final String ADD_BOS = "tokenizer.ggml.add_bos_token";
  private static final String ADD_EOS = "tokenizer.ggml.add_eos_token";
  private static final String CHAT_TEMPLATE = "tokenizer.chat_template";
  private static final String NAME = "general.name";

  private static final List<String> END_KEYS =
      List.of("tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id");
  private static final Set<String> ENDS_OF_TURN =
      Set.of("<|eot_id|>", "<|im_end|>", "<|end|>", "<end_of_turn>");

  /** Special tokens of Phi-3 that do not swallow the white space after them; all others do. */
  private static final Set<String> PHI3_PLAIN = Set.of("<unk>", "<s>", "<|endoftext|>");

  private final GgufMetadata metadata;
  private final GgufVocabulary vocabulary;
  private final VocabularyKind kind;
  private final Map<SpecialToken, Integer> specialIds = new EnumMap<>(SpecialToken.class);

  /** What differs between byte-level and SentencePiece vocabularies. */
  interface VocabularyKind {
    /** Puts normalizer, pre_tokenizer, decoder and model into a tokenizer.json. */
    void describe(ObjectNode json, Map<SpecialToken, Integer> specialIds);

    /** Ids of special tokens if the file has none. */
    Map<SpecialToken, Integer> defaultIds();

    /** Whether texts begin with BOS if the file says nothing. */
    boolean beginsWithBos();

    /** What is unusual in the file, and what is done about it. */
    default Optional<String> note() {
      return Optional.empty();
    }
  }

  private GgufTokenizer(GgufVocabulary vocabulary, VocabularyKind kind) {
    this.metadata = vocabulary.metadata();
    this.vocabulary = vocabulary;
    this.kind = kind;
    kind.defaultIds()
        .forEach(
            (token, id) -> {
              if (id < vocabulary.tokens().size()) {
                specialIds.put(token, id);
              }
            });
    for (SpecialToken token : SpecialToken.values()) {
      vocabulary.id(token.ggufKey()).ifPresent(id -> specialIds.put(token, id));
    }
  }

  /**
   * The tokenizer of a file.
   *
   * @throws UserException when its kind is unknown or its vocabulary is wrong
   */
  static TokenizerDefinition definition(GgufMetadata metadata) {
    String model = metadata.string(MODEL).orElseThrow(() -> metadata.missing(MODEL));
    GgufVocabulary vocabulary = GgufVocabulary.of(metadata);
    VocabularyKind kind =
        switch (model) {
          case "gpt2" -> new ByteLevelVocabulary(vocabulary);
          case "llama" -> new SentencePieceVocabulary(vocabulary);
          default ->
              throw new UserException(
                  ("%s: tokenizer '%s' (%s) is unknown; known are gpt2 (byte-level BPE) and"
                          + " llama (SentencePiece). Use the model's hub folder with its"
                          + " tokenizer.json instead")
                      .formatted(metadata.file(), model, MODEL));
        };
    return new GgufTokenizer(vocabulary, kind).definition();
  }

  private TokenizerDefinition definition() {
    ObjectNode json = Json.object().put("version", "1.0");
    json.putNull("truncation").putNull("padding");
    json.set("added_tokens", addedTokens());
    json.set("post_processor", postProcessor());
    kind.describe(json, specialIds);
    Map<String, String> specialTokens = new LinkedHashMap<>();
    specialIds.forEach((token, id) -> specialTokens.put(token.key(), vocabulary.tokens().get(id)));
    return new TokenizerDefinition(
        metadata.file(),
        json,
        specialTokens,
        ends(),
        metadata.string(CHAT_TEMPLATE),
        kind.note().map(note -> metadata.file() + ": " + note).stream().toList());
  }

  /** The tokens that are found in a text before anything else happens to it. */
  private ArrayNode addedTokens() {
    boolean phi3 = metadata.string(NAME).orElse("").toLowerCase(Locale.ROOT).matches(".*phi-?3.*");
    ArrayNode added = Json.PYTHON.createArrayNode();
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      String text = vocabulary.tokens().get(id);
      boolean special = isSpecial(id);
      if (special || vocabulary.types().get(id) == TokenType.USER_DEFINED) {
        added
            .addObject()
            .put("id", id)
            .put("content", text)
            .put("single_word", false)
            .put("lstrip", false)
            .put("rstrip", phi3 && !PHI3_PLAIN.contains(text))
            .put("normalized", false)
            .put("special", special);
      }
    }
    return added;
  }

  private boolean isSpecial(int id) {
    TokenType type = vocabulary.types().get(id);
    return type == TokenType.CONTROL
        || type == TokenType.UNKNOWN
        || Integer.valueOf(id).equals(specialIds.get(SpecialToken.BOS))
        || Integer.valueOf(id).equals(specialIds.get(SpecialToken.EOS));
  }

  private ObjectNode postProcessor() {
    ObjectNode template = Json.object();
    template.put("type", "TemplateProcessing");
    ArrayNode single = template.putArray("single");
    ObjectNode tokens = Json.object();
    if (metadata.bool(ADD_BOS).orElse(kind.beginsWithBos())) {
      put(SpecialToken.BOS, single, tokens);
    }
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    if (metadata.bool(ADD_EOS).orElse(false)) {
      put(SpecialToken.EOS, single, tokens);
    }
    ArrayNode pair = single.deepCopy();
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
    template.set("pair", pair);
    template.set("special_tokens", tokens);
    return template;
  }

  private void put(SpecialToken token, ArrayNode single, ObjectNode tokens) {
    Integer id = specialIds.get(token);
    if (id == null) {
      throw metadata.missing(token.ggufKey());
    }
    String text = vocabulary.tokens().get(id);
    single.addObject().putObject("SpecialToken").put("id", text).put("type_id", 0);
    ObjectNode entry = tokens.putObject(text).put("id", text);
    entry.putArray("ids").add(id);
    entry.putArray("tokens").add(text);
  }

  private Set<Integer> ends() {
    Set<Integer> ends = new HashSet<>();
    END_KEYS.forEach(key -> vocabulary.id(key).ifPresent(ends::add));
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      if (isSpecial(id) && ENDS_OF_TURN.contains(vocabulary.tokens().get(id))) {
        ends.add(id);
      }
    }
    return ends;
  }
}
