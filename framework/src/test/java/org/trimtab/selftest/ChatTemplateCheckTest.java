package org.trimtab.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;

class ChatTemplateCheckTest {
  private static final String TEMPLATE =
      "{{ bos_token }}{% for m in messages %}{{ m.content }}|{% endfor %}"
          + "{% if not messages[0].content %}{{ raise_exception('empty') }}{% endif %}"
          + "{{ strftime_now('%Y') if add_generation_prompt }}";

  @TempDir Path folder;
  private Path expected;

  @BeforeEach
  void writeTemplate() throws IOException {
    Files.writeString(folder.resolve("own.jinja"), TEMPLATE);
    expected = folder.resolve("expected.json");
  }

  private void expect(String sha256, String first, String second) throws IOException {
    Files.writeString(
        expected,
        """
        {"special_tokens": {"bos_token": "<s>"}, "now": "2024-07-26T09:00:00",
         "conversations": {"a": [{"role": "user", "content": "Hi"}],
                           "b": [{"role": "user", "content": ""}]},
         "templates": [{"template": "own.jinja", "sha256": "%s", "renderings": {
           "a, generation prompt true": %s,
           "b, generation prompt false": %s}}]}
        """
            .formatted(sha256, first, second));
  }

  private static String sha256() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(TEMPLATE.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void findsEqualTextsAndRefusals() throws IOException {
    expect(sha256(), "{\"text\": \"<s>Hi|2024\"}", "{\"error\": \"TemplateError: empty\"}");

    assertThat(ChatTemplateCheck.run(expected, folder))
        .isEqualTo(
            List.of(
                new ChatTemplateCheck.Outcome("own.jinja", "a, generation prompt true", true, ""),
                new ChatTemplateCheck.Outcome(
                    "own.jinja", "b, generation prompt false", true, "")));
  }

  @Test
  void showsWhereRenderingsDiffer() throws IOException {
    expect(sha256(), "{\"text\": \"<s>Hi|\\n2023\"}", "{\"text\": \"<s>|\"}");

    List<ChatTemplateCheck.Outcome> outcomes = ChatTemplateCheck.run(expected, folder);

    assertThat(outcomes).noneMatch(ChatTemplateCheck.Outcome::equal);
    assertThat(outcomes.get(0).difference())
        .isEqualTo("at character 6: expected text \"<s>Hi|\\n2023\", got text \"<s>Hi|2024\"");
    assertThat(outcomes.get(1).difference())
        .contains("expected text \"<s>|\"", "got error \"TemplateError: empty\"");
  }

  @Test
  void refusesOtherFilesThanTheExpectationsNames() throws IOException {
    expect("00", "{\"text\": \"\"}", "{\"text\": \"\"}");

    assertThatThrownBy(() -> ChatTemplateCheck.run(expected, folder))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("own.jinja", sha256(), "00");
    Files.delete(folder.resolve("own.jinja"));
    assertThatThrownBy(() -> ChatTemplateCheck.run(expected, folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("own.jinja: cannot be read");
  }

  @Test
  void namesAMalformedFile() throws IOException {
    Files.writeString(expected, "{\"special_tokens\": {}}");
    assertThatThrownBy(() -> ChatTemplateCheck.run(expected, folder))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("expected.json", "'now' is missing");
    Files.writeString(expected, "not json");
    assertThatThrownBy(() -> ChatTemplateCheck.run(expected, folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected.json");
  }
}
