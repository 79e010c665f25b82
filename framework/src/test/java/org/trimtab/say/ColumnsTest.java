package org.trimtab.say;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two columns as a terminal shows them. */
class ColumnsTest {
  private static final int WIDTH = 80;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Columns columns(boolean colours) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new Columns(new Screen(out, true, colours, WIDTH), "strength 2");
  }

  /** The lines that stay, after carriage returns and deletions. */
  private List<String> shown() {
    List<String> lines = new ArrayList<>();
    for (String line : bytes.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      lines.add(line.substring(line.lastIndexOf("\r\u001b[2K") + 1).replace("\u001b[2K", ""));
    }
    return lines;
  }

  private static void say(Columns columns, String baseline, String edited) {
    columns.begins(Side.BASELINE);
    columns.begins(Side.EDITED);
    String[] left = baseline.split("(?= )");
    String[] right = edited.split("(?= )");
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      tell(columns, Side.BASELINE, left, i);
      tell(columns, Side.EDITED, right, i);
    }
  }

  private static void tell(Columns columns, Side side, String[] words, int at) {
    if (at < words.length) {
      columns.says(side, words[at], false);
      if (at == words.length - 1) {
        columns.ends(side);
      }
    }
  }

  @Test
  void wordsWrapAndRowsStandSideBySide() {
    say(
        columns(false),
        " The old ship came home to the harbour of Brell, which is built on salt",
        " No.");
    assertThat(shown())
        .containsExactly(
            "baseline                               \u2502 edited (strength 2)",
            "The old ship came home to the harbour  \u2502 No.",
            "of Brell, which is built on salt       \u2502 ",
            "",
            "");
  }

  @Test
  void noRowIsWiderThanTheTerminal() {
    String wide = "\u6F22\u5B57".repeat(30) + " " + "x".repeat(100) + "\n\n\u001b[2J end";
    say(columns(false), wide, wide);
    assertThat(shown()).allMatch(line -> Shown.width(line) < WIDTH);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b[2J");
    String left = String.join("", shown()).replaceAll("[^x]", "");
    assertThat(left).hasSize(200);
  }

  @Test
  void theFirstDifferenceIsMarked() {
    assertThat(differing(true))
        .contains("\u001b[7mat weddings\u001b[0m", "\u001b[7mat births\u001b[0m.");
    bytes.reset();
    assertThat(differing(false)).contains("\u00bbat weddings ", "\u00bbat births.");
  }

  private String differing(boolean colours) {
    Columns columns = columns(colours);
    columns.begins(Side.BASELINE);
    columns.begins(Side.EDITED);
    columns.says(Side.BASELINE, "at weddings", true);
    columns.says(Side.EDITED, "at births", true);
    columns.says(Side.EDITED, ".", false);
    columns.ends(Side.BASELINE);
    columns.ends(Side.EDITED);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
