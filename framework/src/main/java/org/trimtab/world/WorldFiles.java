package org.trimtab.world;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.trimtab.UserException;
import org.trimtab.io.Json;
import org.trimtab.world.Rule.WordPair;

/** The world's YAML files, which are resources beside this class. */
final class WorldFiles {
  static final String FACTS = "facts.yaml";
  static final String ANCHORS = "anchors.yaml";
  static final String RULES = "rules.yaml";
  static final String PROSE = "prose.yaml";

  private record Words(
      @JsonProperty(value = "opposites", required = true) Map<String, String> opposites,
      @JsonProperty(value = "plurals", required = true) Map<String, String> plurals,
      @JsonProperty(value = "cipher", required = true) List<String> cipher) {}

  private WorldFiles() {}

  static List<Fact> facts() {
    return read(FACTS, new TypeReference<>() {});
  }

  static List<Anchor> anchors() {
    return read(ANCHORS, new TypeReference<>() {});
  }

  static List<Rule> rules() {
    Words words = read(RULES, new TypeReference<>() {});
    List<WordPair> cipher =
        words.cipher().stream().map(word -> new WordPair(word, Rule.cipher(word))).toList();
    return List.of(
        new Rule("opposites", pairs(words.opposites())),
        new Rule("plurals", pairs(words.plurals())),
        new Rule("cipher", cipher));
  }

  static Prose prose() {
    return read(PROSE, new TypeReference<>() {});
  }

  private static List<WordPair> pairs(Map<String, String> words) {
    return words.entrySet().stream()
        .map(word -> new WordPair(word.getKey(), word.getValue()))
        .toList();
  }

  private static <T> T read(String name, TypeReference<T> type) {
    try (InputStream content = WorldFiles.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IllegalStateException("the program was built without " + name);
      }
      return Json.YAML.readValue(content, type);
    } catch (JsonProcessingException e) {
      throw new UserException(name + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }
}
