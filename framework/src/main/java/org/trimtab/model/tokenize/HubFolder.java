package org.trimtab.model.tokenize;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trimtab.UserException;
import org.trimtab.io.Json;

/** Reads the tokenizer files of a model folder in the hub's layout. */
final class HubFolder {
  static final String TOKENIZER = "tokenizer.json";
  static final String CONFIG = "tokenizer_config.json";
  private static final String SPECIAL_TOKENS = "special_tokens_map.json";
  private static final String TEMPLATE = "chat_template.jinja";
  static final String GENERATION = "generation_config.json";
  private static final String MODEL = "config.json";
  private static final String ADDED = "added_tokens.json";

  private final Path folder;
  private final JsonNode config;

  HubFolder(Path folder) {
    this.folder = folder;
    this.config = optional(CONFIG);
  }

  TokenizerDefinition definition() {
    if (!Files.isRegularFile(folder.resolve(TOKENIZER))) {
      throw new UserException(
          "%s: %s is missing; download it with the model, or save one with transformers"
              .formatted(folder, TOKENIZER));
    }
    ObjectNode json = (ObjectNode) optional(TOKENIZER);
    JsonNode vocabulary = json.path("model").path("vocab");
    if (vocabulary.isContainerNode() && vocabulary.isEmpty()) {
      throw new UserException(folder.resolve(TOKENIZER) + ": model: vocab has no tokens");
    }
    json.putNull("truncation").putNull("padding");
    addTokens(json);
    return new TokenizerDefinition(
        folder.resolve(TOKENIZER).toString(),
        json,
        specialTokens(),
        ends(),
        chatTemplate(),
        List.of());
  }

  /**
   * Adds tokens that only other files list, as transformers does: those of added_tokens_decoder, or
   * of the older added_tokens.json.
   */
  private void addTokens(ObjectNode json) {
    Map<String, Integer> ids = new HashMap<>();
    json.path("model")
        .path("vocab")
        .properties()
        .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
    ArrayNode added = json.withArray("added_tokens");
    added.forEach(each -> ids.put(each.path("content").asText(), each.path("id").asInt()));
    boolean decoder = config.path("added_tokens_decoder").isObject();
    SortedMap<Integer, ObjectNode> listed = decoder ? decoderTokens() : olderTokens();
    listed.forEach(
        (id, token) -> {
          String text = token.path("content").asText();
          Integer known = ids.get(text);
          int free = ids.values().stream().mapToInt(each -> each + 1).max().orElse(0);
          if (json.path("model").path("vocab").isArray() || (known != null && known.equals(id))) {
            return;
          }
          if (known != null || id != free) {
            throw problem(
                decoder ? CONFIG : ADDED,
                "token '%s' should have the id %d, as in %s, found %d"
                    .formatted(text, known == null ? free : known, TOKENIZER, id));
          }
          ids.put(text, id);
          added.add(token);
        });
  }

  private SortedMap<Integer, ObjectNode> decoderTokens() {
    SortedMap<Integer, ObjectNode> tokens = new TreeMap<>();
    config
        .path("added_tokens_decoder")
        .properties()
        .forEach(
            entry -> {
              JsonNode token = entry.getValue();
              if (!entry.getKey().matches("\\d{1,9}") || !token.path("content").isTextual()) {
                throw problem(CONFIG, "added_tokens_decoder should map ids to tokens");
              }
              boolean special = token.path("special").asBoolean(false);
              tokens.put(
                  Integer.parseInt(entry.getKey()),
                  token(
                      Integer.parseInt(entry.getKey()),
                      token,
                      token.path("content").asText(),
                      special));
            });
    return tokens;
  }

  private SortedMap<Integer, ObjectNode> olderTokens() {
    SortedMap<Integer, ObjectNode> tokens = new TreeMap<>();
    Collection<String> special = specialTokens().values();
    optional(ADDED)
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isInt()) {
                throw problem(ADDED, "'" + entry.getKey() + "' should have an integer as its id");
              }
              int id = entry.getValue().intValue();
              boolean named = special.contains(entry.getKey());
              tokens.put(id, token(id, MissingNode.getInstance(), entry.getKey(), named));
            });
    return tokens;
  }

  private static ObjectNode token(int id, JsonNode flags, String content, boolean special) {
    ObjectNode token = Json.object();
    token.put("id", id).put("content", content);
    for (String flag : List.of("single_word", "lstrip", "rstrip")) {
      token.put(flag, flags.path(flag).asBoolean(false));
    }
    token.put("normalized", flags.path("normalized").asBoolean(!special));
    return token.put("special", special);
  }

  private Map<String, String> specialTokens() {
    JsonNode map = optional(SPECIAL_TOKENS);
    Map<String, String> tokens = new LinkedHashMap<>();
    for (SpecialToken token : SpecialToken.values()) {
      String name = token.key();
      Optional<String> configured = text(CONFIG, name, config.path(name));
      configured
          .or(() -> text(SPECIAL_TOKENS, name, map.path(name)))
          .ifPresent(found -> tokens.put(name, found));
    }
    return tokens;
  }

  /** A token is written as a string or as an object with its content; null means none. */
  private Optional<String> text(String file, String key, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    JsonNode content = value.isObject() ? value.path("content") : value;
    if (!content.isTextual()) {
      throw problem(file, "'" + key + "' should be a string, found " + value);
    }
    return Optional.of(content.textValue());
  }

  /** Those of generation_config.json; if it has none, of config.json. */
  private Set<Integer> ends() {
    Set<Integer> ends = ends(GENERATION, optional(GENERATION));
    if (!ends.isEmpty()) {
      return ends;
    }
    JsonNode model = optional(MODEL);
    Set<Integer> outer = ends(MODEL, model);
    return outer.isEmpty() ? ends(MODEL, model.path("text_config")) : outer;
  }

  private Set<Integer> ends(String file, JsonNode config) {
    JsonNode ids = config.path("eos_token_id");
    Set<Integer> ends = new HashSet<>();
    for (JsonNode id : ids.isArray() ? ids : List.of(ids)) {
      if (id.isInt()) {
        ends.add(id.intValue());
      } else if (!id.isMissingNode() && !id.isNull()) {
        throw problem(file, "'eos_token_id' should be an integer or a list, found " + ids);
      }
    }
    return ends;
  }

  private Optional<String> chatTemplate() {
    if (Files.isRegularFile(folder.resolve(TEMPLATE))) {
      return Optional.of(content(TEMPLATE));
    }
    JsonNode template = config.path("chat_template");
    if (!template.isArray()) {
      return text(CONFIG, "chat_template", template);
    }
    for (JsonNode named : template) {
      if (named.path("name").asText().equals("default")) {
        return text(CONFIG, "chat_template", named.path("template"));
      }
    }
    return Optional.empty();
  }

  /** The JSON object in a file; a missing node if there is no such file. */
  private JsonNode optional(String file) {
    if (!Files.isRegularFile(folder.resolve(file))) {
      return MissingNode.getInstance();
    }
    try {
      JsonParser parser = Json.PYTHON.createParser(content(file));
      JsonNode root = Json.PYTHON.readTree(parser);
      if (root == null || !root.isObject()) {
        throw problem(
            file, "should be a JSON object, found " + (root == null ? "" : root.getNodeType()));
      }
      if (parser.nextToken() != null) {
        throw problem(file, "something follows the end of the JSON");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new UserException(folder.resolve(file) + ": is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UserException(folder.resolve(file) + ": cannot be read", e);
    }
  }

  private String content(String file) {
    try {
      String content = Files.readString(folder.resolve(file));
      if (content.startsWith("version https://git-lfs")) {
        throw problem(file, "is a Git LFS pointer, not the file; fetch it with 'git lfs pull'");
      }
      return content;
    } catch (IOException e) {
      throw new UserException(
          folder.resolve(file) + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private UserException problem(String file, String message) {
    return new UserException(folder.resolve(file) + ": " + message);
  }
}
