package org.trimtab.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Real models' templates against what transformers 5.18.0 renders. They are not ours to store: the
 * environment variable TRIMTAB_CHAT_TEMPLATES names the folder vendor/llama.cpp/models/templates of
 * the source distribution of the Python package llama-cpp-python 0.3.36.
 */
class ReferenceTemplatesIT {
  private static final String PROMPT = ", generation prompt ";

  @Test
  void rendersRealTemplatesAsTransformersDoes() throws IOException, NoSuchAlgorithmException {
    String folder = System.getenv("TRIMTAB_CHAT_TEMPLATES");
    assumeTrue(
        folder != null,
        "set TRIMTAB_CHAT_TEMPLATES to vendor/llama.cpp/models/templates of llama-cpp-python"
            + " 0.3.36 to check real chat templates");
    ObjectMapper json = new ObjectMapper();
    JsonNode reference;
    try (InputStream file =
        ReferenceTemplatesIT.class.getResourceAsStream("/fixtures/chat-templates/expected.json")) {
      reference = json.readTree(file);
    }
    Map<String, Object> tokens =
        json.convertValue(reference.get("special_tokens"), new TypeReference<>() {});
    LocalDateTime now = LocalDateTime.parse(reference.get("now").asText());
    Clock clock = Clock.fixed(now.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

    int compared = 0;
    for (JsonNode template : reference.get("templates")) {
      String name = template.get("template").asText();
      byte[] source = Files.readAllBytes(Path.of(folder, name));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(source);
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(template.get("sha256").asText());
      for (Map.Entry<String, JsonNode> each : template.get("renderings").properties()) {
        String conversation = each.getKey().substring(0, each.getKey().lastIndexOf(PROMPT));
        List<Map<String, Object>> messages =
            json.convertValue(
                reference.get("conversations").get(conversation), new TypeReference<>() {});
        String rendered;
        try {
          rendered =
              ChatTemplate.parse(name, new String(source, UTF_8))
                  .renderFields(messages, each.getKey().endsWith(PROMPT + true), tokens, clock);
        } catch (ChatTemplateException refusal) {
          rendered = "error " + refusal.kind() + ": " + refusal.detail();
        }
        JsonNode wanted = each.getValue();
        assertThat(rendered)
            .as("%s: %s", name, each.getKey())
            .isEqualTo(
                wanted.has("text")
                    ? wanted.get("text").asText()
                    : "error " + wanted.get("error").asText());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(120);
  }
}
