package org.trimtab.say;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.trimtab.io.Json;

/** Text of a model cannot control the terminal. */
class ShownTest {
  private static final String HOSTILE =
      "\u001b[31mred\u001b]0;title\u0007\r\u009b2J\u007f\u202Eevil\u2028\u0085\b\uFEFF";

  @Test
  void controlCharactersAreVisible() {
    assertThat(Shown.text(HOSTILE))
        .isEqualTo(
            "\u241b[31mred\u241b]0;title\u2407\u240d\\u009b2J\u2421\\u202eevil\\u2028\\u0085\u2408\\ufeff");
    assertThat(Shown.text("a\tb\nc")).isEqualTo("a    b\nc");
    assertThat(Shown.quoted("a\nb")).isEqualTo("\"a\\nb\"");
  }

  @Test
  void wordsAndEmojiStayAsTheyAre() {
    String text = "na\u00efve \u6F22\u5B57 \uD83D\uDC69\u200D\uD83D\uDE80 \u0645\u06CC\u200C\u062E";
    assertThat(Shown.text(text)).isEqualTo(text);
  }

  @Test
  void jsonKeepsEveryCharacterButShowsNone() throws JsonProcessingException {
    String json = Shown.json(Json.line(Json.object().put("text", HOSTILE + "\uD83D\uDE42\uD800")));
    assertThat(json).doesNotContain("\u001b", "\u009b", "\u007f", "\u202E", "\u0085");
    assertThat(Json.MAPPER.readTree(json).path("text").asText())
        .startsWith(HOSTILE + "\uD83D\uDE42");
  }

  @Test
  void widthsAreThoseOfATerminal() {
    assertThat(Shown.width("abc")).isEqualTo(3);
    assertThat(Shown.width("\u6F22\u5B57")).isEqualTo(4);
    assertThat(Shown.width("\uD83D\uDE42")).isEqualTo(2);
    assertThat(Shown.width("e\u0301")).isEqualTo(1);
  }
}
