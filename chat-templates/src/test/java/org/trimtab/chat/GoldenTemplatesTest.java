package org.trimtab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Small templates of this project against what jinja2 renders (chat/make_golden.py). */
class GoldenTemplatesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode golden = read();
  private final Map<String, Object> variables =
      JSON.convertValue(golden.get("variables"), new TypeReference<>() {});
  private final List<Map<String, Object>> messages =
      JSON.convertValue(golden.get("variables").get("messages"), new TypeReference<>() {});
  private final Clock clock =
      Clock.fixed(
          LocalDateTime.parse(golden.get("now").asText()).toInstant(ZoneOffset.UTC),
          ZoneOffset.UTC);

  private static JsonNode read() {
    try (InputStream file = GoldenTemplatesTest.class.getResourceAsStream("/chat/golden.json")) {
      return JSON.readTree(file);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String render(String template) {
    return ChatTemplate.parse("golden", template).renderFields(messages, false, variables, clock);
  }

  private String outcome(String template) {
    try {
      return render(template);
    } catch (ChatTemplateException failure) {
      return "error " + failure.kind() + ": " + failure.detail();
    }
  }

  @TestFactory
  Stream<DynamicTest> rendersAsJinjaDoes() {
    return StreamSupport.stream(golden.get("cases").spliterator(), false)
        .map(
            each -> {
              String template = each.get("template").asText();
              String expected =
                  each.has("text")
                      ? each.get("text").asText()
                      : "error " + each.get("error").asText();
              return DynamicTest.dynamicTest(
                  each.get("feature").asText() + ": " + template,
                  () -> assertThat(outcome(template)).isEqualTo(expected));
            });
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatItDoesNotKnow() {
    return StreamSupport.stream(golden.get("unsupported").spliterator(), false)
        .map(JsonNode::asText)
        .map(
            template ->
                DynamicTest.dynamicTest(
                    template,
                    () -> {
                      ChatTemplateException refusal =
                          catchThrowableOfType(ChatTemplateException.class, () -> render(template));
                      assertThat(refusal.kind()).isEqualTo("Unsupported");
                      assertThat(refusal).hasMessageContaining("is not supported");
                    }));
  }
}
