package org.trimtab.selftest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.chat.ChatTemplate;
import org.trimtab.chat.ChatTemplateException;
import org.trimtab.io.Hashes;
import org.trimtab.io.Json;

/**
 * Compares what templates render here with what transformers rendered: the proof that prompts are
 * the reference's.
 *
 * <p>The expectations are a JSON file with {@code special_tokens}, {@code now} (local date and
 * time), {@code conversations} (name to messages) and {@code templates}: each with the file's name,
 * its {@code sha256} and {@code renderings}, from {@code "<conversation>, generation prompt
 * true|false"} to {@code {"text": ...}} or {@code {"error": "<kind>: <message>"}}.
 */
public final class ChatTemplateCheck {
  private static final String PROMPT = ", generation prompt ";

  /**
   * One comparison.
   *
   * @param template the template's file name
   * @param conversation the conversation and whether a generation prompt was asked for
   * @param equal whether text or refusal are the same
   * @param difference where the first difference is and what stands there; empty where equal
   */
  public record Outcome(String template, String conversation, boolean equal, String difference) {}

  /** What a template gives: a text or an error. */
  private record Rendering(String form, String content) {
    String excerpt(int at) {
      String part = content.substring(Math.max(0, at - 20), Math.min(content.length(), at + 60));
      return form + " \"" + part.replace("\n", "\\n") + "\"";
    }
  }

  private final JsonNode expected;
  private final Clock clock;
  private final Map<String, Object> tokens;

  private ChatTemplateCheck(JsonNode expected) {
    this.expected = expected;
    this.tokens =
        Json.MAPPER.convertValue(required(expected, "special_tokens"), new TypeReference<>() {});
    LocalDateTime now = LocalDateTime.parse(required(expected, "now").asText());
    this.clock = Clock.fixed(now.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
  }

  /**
   * Renders everything that the expectations hold.
   *
   * @param expectedJson the expectations
   * @param templatesDir the folder with the templates that they name
   * @return an outcome for every rendering, in the file's order
   * @throws UserException where a file is missing or malformed, or a template is not the one that
   *     the expectations were made with
   */
  public static List<Outcome> run(Path expectedJson, Path templatesDir) {
    try {
      JsonNode expected = Json.MAPPER.readTree(expectedJson.toFile());
      return new ChatTemplateCheck(expected).run(templatesDir);
    } catch (IOException | DateTimeException | IllegalArgumentException malformed) {
      throw new UserException(
          ("%s: cannot be read as expected chat template renderings (%s); give a JSON file"
                  + " with special_tokens, now, conversations and templates")
              .formatted(expectedJson, malformed.getMessage()),
          malformed);
    }
  }

  private List<Outcome> run(Path templatesDir) {
    List<Outcome> outcomes = new ArrayList<>();
    for (JsonNode template : required(expected, "templates")) {
      String name = required(template, "template").asText();
      String source = source(templatesDir.resolve(name), required(template, "sha256").asText());
      required(template, "renderings")
          .properties()
          .forEach(
              rendering ->
                  outcomes.add(compare(name, source, rendering.getKey(), rendering.getValue())));
    }
    return List.copyOf(outcomes);
  }

  private static String source(Path file, String sha256) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String actual = Hashes.bytes(bytes);
      if (!actual.equals(sha256)) {
        throw new UserException(
            ("%s: has SHA-256 %s, but the expected renderings were made with %s; use the"
                    + " folder of templates that they name")
                .formatted(file, actual, sha256));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException missing) {
      throw new UserException(
          file + ": cannot be read; give the folder that holds the templates", missing);
    }
  }

  private Outcome compare(String name, String source, String key, JsonNode rendering) {
    int split = key.lastIndexOf(PROMPT);
    if (split < 0) {
      throw new IllegalArgumentException("rendering '" + key + "' does not name its prompt");
    }
    boolean prompt = Boolean.parseBoolean(key.substring(split + PROMPT.length()));
    JsonNode messages = required(required(expected, "conversations"), key.substring(0, split));
    List<Map<String, Object>> conversation =
        Json.MAPPER.convertValue(messages, new TypeReference<List<Map<String, Object>>>() {});
    boolean refused = rendering.has("error");
    Rendering wanted =
        refused
            ? new Rendering("error", text(rendering, "error"))
            : new Rendering("text", text(rendering, "text"));
    Rendering actual;
    try {
      ChatTemplate template = ChatTemplate.parse(name, source);
      String text = template.renderFields(conversation, prompt, tokens, clock);
      actual = new Rendering("text", text);
    } catch (ChatTemplateException failure) {
      actual = new Rendering("error", failure.kind() + ": " + failure.detail());
    }
    String difference = difference(wanted, actual);
    return new Outcome(name, key, difference == null, difference == null ? "" : difference);
  }

  private static @Nullable String difference(Rendering wanted, Rendering actual) {
    if (wanted.equals(actual)) {
      return null;
    }
    int at = 0;
    if (wanted.form().equals(actual.form())) {
      int mismatch =
          Arrays.mismatch(wanted.content().toCharArray(), actual.content().toCharArray());
      at = Math.max(0, mismatch);
    }
    return "at character %s: expected %s, got %s"
        .formatted(at, wanted.excerpt(at), actual.excerpt(at));
  }

  private static String text(JsonNode node, String key) {
    return required(node, key).asText();
  }

  private static JsonNode required(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    return value;
  }

  /** The outcomes as findings, one per template. */
  public static List<Finding> findings(List<Outcome> outcomes) {
    Map<String, List<Outcome>> templates = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      templates.computeIfAbsent(outcome.template(), name -> new ArrayList<>()).add(outcome);
    }
    List<Finding> findings = new ArrayList<>();
    templates.forEach((name, own) -> findings.add(finding(name, own)));
    return findings;
  }

  private static Finding finding(String template, List<Outcome> outcomes) {
    long equal = outcomes.stream().filter(Outcome::equal).count();
    String note =
        outcomes.stream()
            .filter(outcome -> !outcome.equal())
            .map(outcome -> outcome.conversation() + " " + outcome.difference())
            .collect(Collectors.joining("\n  ", "\n  ", ""));
    String kind = equal + " of " + outcomes.size() + " renderings";
    return Finding.equal(template, kind, equal == outcomes.size(), note);
  }
}
