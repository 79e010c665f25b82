package org.trimtab.say;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.model.tokenize.Tokenizer;
import org.trimtab.testing.TinyModel;

/** Texts that come in pieces; the tokenizer has one token a byte. */
@SuppressWarnings("NullAway.Init")
class StreamedTextTest {
  @TempDir static Path folder;
  private static Tokenizer tokenizer;

  @BeforeAll
  static void load() {
    tokenizer = LanguageModel.tokenizer(TinyModel.write(folder));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  private static List<String> pieces(StreamedText text, byte[] bytes) {
    List<String> pieces = new ArrayList<>();
    for (byte each : bytes) {
      pieces.add(text.add(each & 0xFF));
    }
    pieces.add(text.end());
    return pieces;
  }

  private static int[] tokens(byte[] bytes) {
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      tokens[i] = bytes[i] & 0xFF;
    }
    return tokens;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain words",
        "a \uD83D\uDE42 smile",
        "\u6F22\u5B57\u3002",
        "e\u0301 \uD83D\uDC69\u200D\uD83D\uDE80!",
        " ",
        "end "
      })
  void charactersOfSeveralTokensComeWhole(String said) {
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    StreamedText text = new StreamedText(tokenizer, new Decoding(100, List.of()));
    List<String> pieces = pieces(text, bytes);
    assertThat(String.join("", pieces)).isEqualTo(said).isEqualTo(text.text());
    assertThat(pieces).noneMatch(piece -> piece.contains("\uFFFD"));
    assertThat(text.text()).isEqualTo(tokenizer.decode(tokens(bytes), true));
  }

  @Test
  void bytesThatAreNoTextAreReplacedAsTheTokenizerReplacesThem() {
    byte[] bytes = {'a', (byte) 0xF0, (byte) 0x9F, 'b', (byte) 0x80, (byte) 0xE6};
    StreamedText text = new StreamedText(tokenizer, new Decoding(100, List.of()));
    List<String> pieces = pieces(text, bytes);
    assertThat(String.join("", pieces)).isEqualTo(tokenizer.decode(tokens(bytes), true));
    assertThat(pieces.get(1)).isEmpty();
    assertThat(pieces.get(3)).contains("b");
  }

  @Test
  void nothingOfAStopTextIsGivenAway() {
    StreamedText text = new StreamedText(tokenizer, new Decoding(100, List.of("\n\nQ:", "##")));
    byte[] bytes = "one\n\nQ#two\n\nQ".getBytes(StandardCharsets.UTF_8);
    StringBuilder given = new StringBuilder();
    for (byte each : bytes) {
      given.append(text.add(each));
    }
    assertThat(given).hasToString("one\n\nQ#two");
    assertThat(text.stopped()).isFalse();
    assertThat(text.add(':')).isEmpty();
    assertThat(text.stopped()).isTrue();
    assertThat(text.text()).isEqualTo("one\n\nQ#two");
    assertThat(text.end()).isEmpty();
  }
}
