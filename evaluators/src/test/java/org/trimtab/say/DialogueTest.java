package org.trimtab.say;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.evaluators.Project;
import org.trimtab.io.Json;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.run.session.Session;

/** A dialogue through a pipe, with the embedded model. */
@SuppressWarnings("NullAway.Init")
class DialogueTest {
  @TempDir static Path folder;
  private static Pair pair;

  @BeforeAll
  static void open() {
    Session session =
        Session.open(
            new Session.Request(
                Project.file("experiments/quickstart.yaml"),
                List.of(),
                OptionalInt.empty(),
                Optional.empty()),
            SourceSettings.of(Map.of("TRIMTAB_CACHE", folder.resolve("cache").toString()), folder),
            folder,
            Progress.NONE);
    Decoding decoding = new Decoding(24, List.of("\n"));
    pair =
        Pair.open(
            session,
            session.plan().cells().get(1),
            new Pair.Asked(false, null, 0, decoding, Optional.empty(), Optional.empty()),
            FitWatcher.NONE);
  }

  @AfterAll
  static void close() {
    pair.close();
  }

  @BeforeEach
  void begin() {
    pair.reset();
    pair.strength("-2");
    pair.layers("2-3");
  }

  private static String said(String... lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    byte[] input = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    new Say(pair, new Screen(out, false, false, 80))
        .dialogue(new Lines(new ByteArrayInputStream(input)), () -> false);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void bothSidesReplyWithTheirDifference() {
    assertThat(said("When do people eat black bread?"))
        .contains(
            "> When do people eat black bread?\n",
            "baseline\nPeople eat black bread at weddings.",
            "edited (strength -2, layers 2-3)\nPeople eat black bread at births.",
            "First difference: token 6, \" w\" | \" births\"\n",
            "KL(base || edited) per token, in nats: ",
            "nats, maximum ");
  }

  @Test
  void sidesAreAskedAloneAndTogether() {
    String alone = said("/off", "When do people eat black bread?");
    assertThat(alone)
        .contains("the baseline alone", "baseline\n")
        .doesNotContain("edited (", "KL(");
    pair.reset();
    String edited = said("/edited", "When do people eat black bread?");
    assertThat(edited).contains("edited (strength -2", "KL(").doesNotContain("baseline\nPeople");
    pair.reset();
    assertThat(said("/off", "/both", "When do people eat black bread?"))
        .contains("baseline\nPeople", "edited (");
  }

  @Test
  void settingsChangeWithoutLearningAgain() {
    assertThat(
            said("/strength 0", "When do people eat black bread?", "/layers last 1", "/strength"))
        .contains(
            "strength 0, layers 2-3\n",
            "The texts are the same.\n",
            "mean 0 nats, maximum 0",
            "> /strength\nstrength 0, layers 3\n");
  }

  @Test
  void whatIsWrongIsToldAndTheDialogueGoesOn() {
    assertThat(
            said(
                "/strenght 2",
                "/strength two",
                "/layers 7",
                "/layers none",
                "/off now",
                "/save",
                "/save said.txt",
                "/save " + folder.resolve("none/said.md"),
                "/\u001b[2J",
                "bread ".repeat(3000),
                "When do people eat black bread?"))
        .contains(
            "'/strenght' is no command, did you mean '/strength'?\n",
            "strength 'two': expected a number\n",
            "layers: 7: the model has layers 0-3\n",
            "layers: 'none' is not a range of layers",
            "/off takes nothing after it, found 'now'\n",
            "/save needs the name of a file",
            "save said.txt: expected a name in .md or .json\n",
            "none: there is no such folder\n",
            "the model's context of 1,024",
            "People eat black bread at weddings.")
        .doesNotContain("\u001b");
  }

  @Test
  void strengthsBeyondTheModelHaveNoReply() {
    assertThat(
            said("/strength 1e38", "When do people eat black bread?", "/strength -2", "And ice?"))
        .contains("edited: after 0 tokens the logits are not finite", "use a smaller strength")
        .contains("> And ice?\nbaseline\n", "nats, maximum ");
  }

  @Test
  void transcriptsAreFilesThatAreNeverOverwritten() throws IOException {
    Path markdown = folder.resolve("said.md");
    Path json = folder.resolve("said.json");
    String output =
        said(
            "When do people eat black bread?",
            "/off",
            "What is ice made of?",
            "/save " + markdown,
            "/save " + json,
            "/save " + json);
    assertThat(output).contains("saved: " + markdown, "saved: " + json, "exists already");
    assertThat(Files.readString(markdown))
        .startsWith("# quickstart\n")
        .contains(
            "## When do people eat black bread?",
            "**edited**\n\n```\nPeople eat black bread at births.",
            "First difference: token 6",
            "## What is ice made of?");
    var tree = Json.MAPPER.readTree(json.toFile());
    assertThat(tree.path("turns")).hasSize(2);
    assertThat(tree.path("label").asText()).contains("directional-edit");
    assertThat(tree.at("/turns/0/settings/strength").asDouble()).isEqualTo(-2);
    assertThat(tree.at("/turns/0/edited/tokens")).hasSameSizeAs(tree.at("/turns/0/kl/per_token"));
    assertThat(tree.at("/turns/1/edited").isMissingNode()).isTrue();
  }

  @Test
  void quittingEndsIt() {
    assertThat(said("/quit", "What is ice made of?")).doesNotContain("What is ice");
    assertThat(said("//quit")).contains("baseline\n");
    assertThat(said("", "  ", "/help")).contains("/strength 1.5", "/save FILE");
  }
}
