package org.trimtab.model.tokenize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.UserException;

/** Reads the tokenizer files of a model folder in the hub's layout. */
final class HubFolder {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String CONFIG = "tokenizer_config.json";
  private static final String SPECIAL_TOKENS = "special_tokens_map.json";
  private static final String TEMPLATE = "chat_template.jinja";
  private static final String GENERATION = "generation_config.json";

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
    json.putNull("truncation").putNull("padding");
    return new TokenizerDefinition(
        folder.resolve(TOKENIZER).toString(), json, specialTokens(), ends(), chatTemplate());
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

  private Set<Integer> ends() {
    JsonNode ids = optional(GENERATION).path("eos_token_id");
    Set<Integer> ends = new HashSet<>();
    for (JsonNode id : ids.isArray() ? ids : List.of(ids)) {
      if (id.isInt()) {
        ends.add(id.intValue());
      } else if (!id.isMissingNode() && !id.isNull()) {
        throw problem(GENERATION, "'eos_token_id' should be an integer or a list, found " + ids);
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
      JsonNode root = TokenizerDefinition.JSON.readTree(content(file));
      if (!root.isObject()) {
        throw problem(file, "should be a JSON object, found " + root.getNodeType());
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new UserException(folder.resolve(file) + ": is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private String content(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UserException(
          folder.resolve(file) + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private UserException problem(String file, String message) {
    return new UserException(folder.resolve(file) + ": " + message);
  }
}
