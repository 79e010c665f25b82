package org.trimtab.evaluate.grade;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

/** A judge's prompt. Placeholders in the template are filled once: an answer may contain braces. */
final class GradingPrompt {
  private static final List<String> PLACES = List.of("question", "target", "predicted_answer");
  private static final Pattern PLACE = Pattern.compile("\\{(question|target|predicted_answer)}");
  private static final int CHARACTERS_A_TOKEN = 4;
  private static final int TYPICAL_CANDIDATE = 80;

  private final String template;

  /**
   * A template.
   *
   * @param template null for the program's own
   */
  GradingPrompt(@Nullable String template) {
    this.template = template == null ? own() : template;
  }

  /** Refuses a template that lacks a placeholder. */
  static void check(String template) {
    for (String place : PLACES) {
      if (!template.contains("{" + place + "}")) {
        throw new UserException(
            ("template: {%s} is missing; a judge needs {question}, {target} and"
                    + " {predicted_answer}")
                .formatted(place));
      }
    }
  }

  /** The request for an answer. */
  String of(Candidate candidate) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    switch (place.group(1)) {
                      case "question" -> candidate.question();
                      case "target" -> candidate.gold();
                      default -> candidate.answer();
                    }));
  }

  /** The approximate number of tokens of a request. */
  int typicalTokens() {
    return template.length() / CHARACTERS_A_TOKEN + TYPICAL_CANDIDATE;
  }

  private static String own() {
    try (InputStream resource = GradingPrompt.class.getResourceAsStream("short-answer.txt")) {
      if (resource == null) {
        throw new IllegalStateException("the program's template is not on the class path");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
