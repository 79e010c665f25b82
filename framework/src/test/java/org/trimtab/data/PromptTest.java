package org.trimtab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;

class PromptTest {
  @TempDir private Path folder = Path.of("");

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void everyLineOfATextIsAPrompt() throws IOException {
    assertThat(Prompt.read(file("a.txt", "\uFEFFWrite an ode.\r\n  Tell a tale. \r\nGo on.")))
        .containsExactly(
            new Prompt(0, "Write an ode."), new Prompt(1, "Tell a tale."), new Prompt(2, "Go on."));
  }

  @Test
  void questionsAndInputsOfDataSetsArePrompts() throws IOException {
    assertThat(
            Prompt.read(
                file(
                    "a.json",
                    "[{\"input\": \"hot\", \"output\": \"cold\"},{\"input\": \"up\", \"output\": \"down\"}]")))
        .extracting(Prompt::text)
        .containsExactly("hot", "up");
    assertThat(Prompt.read(file("b.csv", "problem,answer\nHow deep?,Very\n")))
        .containsExactly(new Prompt(0, "How deep?"));
    assertThat(
            Prompt.read(
                file(
                    "c.json",
                    "[{\"question\": \"Wet?\", \"mc1_targets\": {\"Yes.\": 1, \"No.\": 0},"
                        + " \"mc2_targets\": {\"Yes.\": 1, \"No.\": 0}}]")))
        .containsExactly(new Prompt(0, "Wet?"));
  }

  @Test
  void whatIsNoPromptIsNamedWithItsPlace() throws IOException {
    Path gap = file("gap.txt", "One.\n\nThree.\n");
    assertThatThrownBy(() -> Prompt.read(gap))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(gap + ":2: the line is empty");
    Path empty = file("empty.txt", " \n");
    assertThatThrownBy(() -> Prompt.read(empty)).hasMessageContaining("holds no text");
    Path latin = folder.resolve("latin.txt");
    Files.write(latin, "Caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Prompt.read(latin)).hasMessageContaining("not a text in UTF-8");
    Path opinions =
        file(
            "o.json",
            "[{\"question\": \"Tea?\", \"options\": [\"No\", \"Yes\"], \"option_ordinal\": [1, 2],"
                + " \"shares\": {\"young\": [1, 1]}}]");
    assertThatThrownBy(() -> Prompt.read(opinions)).hasMessageContaining("are no prompts");
    assertThat(List.of(gap, empty, latin)).allMatch(Files::exists);
  }
}
