package org.trimtab.model.tokenize;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.LongStream;
import org.trimtab.UserException;
import org.trimtab.io.Hashes;
import org.trimtab.io.NativeLibrary;

/** A tokenizer run by Hugging Face's native library, with truncation and padding switched off. */
final class NativeTokenizer implements Tokenizer {
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false");

  private final TokenizerDefinition definition;
  private final HuggingFaceTokenizer tokenizer;
  private final Map<Integer, String> tokens;
  private final Map<String, Integer> specialIds = new HashMap<>();
  private final int vocabularySize;
  private final String sha256;
  private volatile int rows = Integer.MAX_VALUE;

  /**
   * Builds the tokenizer.
   *
   * @throws UserException when the native library refuses the definition
   */
  NativeTokenizer(TokenizerDefinition definition) {
    this.definition = definition;
    byte[] json = definition.canonicalJson().getBytes(StandardCharsets.UTF_8);
    this.sha256 = Hashes.bytes(json);
    this.tokens = tokens(definition.json());
    if (tokens.isEmpty()) {
      throw new UserException(definition.source() + ": holds no tokens");
    }
    this.vocabularySize = tokens.keySet().stream().mapToInt(id -> id + 1).max().orElse(0);
    Map<String, Integer> ids = new HashMap<>();
    tokens.forEach((id, text) -> ids.put(text, id));
    definition
        .specialTokens()
        .forEach(
            (name, text) ->
                Optional.ofNullable(ids.get(text)).ifPresent(id -> specialIds.put(name, id)));
    try {
      this.tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS);
    } catch (EngineException | LinkageError e) {
      throw NativeLibrary.TOKENIZERS.failure(e);
    } catch (IOException | RuntimeException e) {
      throw new UserException(
          definition.source() + ": the tokenizer cannot be built: " + e.getMessage(), e);
    }
  }

  @Override
  public int[] encode(String text, boolean specialTokens) {
    requireUnicode(text);
    int[] ids =
        LongStream.of(tokenizer.encode(text, specialTokens, false).getIds())
            .mapToInt(Math::toIntExact)
            .toArray();
    for (int id : ids) {
      if (id >= rows) {
        throw beyond(id);
      }
    }
    return ids;
  }

  @Override
  public List<String> notes() {
    return definition.notes();
  }

  @Override
  public void requireBelow(int most) {
    rows = most;
    Set<Integer> special = new HashSet<>();
    for (JsonNode added : definition.json().path("added_tokens")) {
      if (added.path("special").asBoolean()) {
        special.add(added.path("id").asInt());
      }
    }
    tokens.keySet().stream()
        .filter(id -> id >= most && !special.contains(id))
        .min(Integer::compare)
        .ifPresent(
            id -> {
              throw beyond(id);
            });
  }

  private UserException beyond(int id) {
    return new UserException(
        ("%s: token '%s' has the id %d, but the embedding has %d rows; the tokenizer belongs to"
                + " another model, or the embedding was not resized when tokens were added")
            .formatted(definition.source(), tokens.getOrDefault(id, "?"), id, rows));
  }

  @Override
  public String decode(int[] ids, boolean skipSpecialTokens) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecialTokens);
  }

  @Override
  public String token(int id) {
    String token = tokens.get(id);
    if (token == null) {
      throw new IllegalArgumentException(
          "no token has id " + id + "; ids are below " + vocabularySize);
    }
    return token;
  }

  @Override
  public int vocabularySize() {
    return vocabularySize;
  }

  @Override
  public OptionalInt bos() {
    return id(SpecialToken.BOS);
  }

  @Override
  public OptionalInt eos() {
    return id(SpecialToken.EOS);
  }

  @Override
  public Set<Integer> ends() {
    Set<Integer> ends = new HashSet<>(definition.ends());
    eos().ifPresent(ends::add);
    return Set.copyOf(ends);
  }

  @Override
  public Map<String, String> specialTokens() {
    return definition.specialTokens();
  }

  @Override
  public Optional<String> chatTemplate() {
    return definition.chatTemplate();
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private OptionalInt id(SpecialToken token) {
    Integer id = specialIds.get(token.key());
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Java strings may hold unpaired surrogates, for which no tokenizer has an id. */
  private static void requireUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          throw new UserException(
              "text is not valid Unicode: half of a surrogate pair at character " + i);
        }
        i++;
      }
    }
  }

  private static Map<Integer, String> tokens(JsonNode json) {
    Map<Integer, String> tokens = new HashMap<>();
    JsonNode vocabulary = json.path("model").path("vocab");
    if (vocabulary.isArray()) {
      for (int id = 0; id < vocabulary.size(); id++) {
        tokens.put(id, vocabulary.get(id).path(0).asText());
      }
    } else {
      vocabulary.properties().forEach(e -> tokens.put(e.getValue().asInt(), e.getKey()));
    }
    for (JsonNode added : json.path("added_tokens")) {
      tokens.put(added.path("id").asInt(), added.path("content").asText());
    }
    return Map.copyOf(tokens);
  }
}
