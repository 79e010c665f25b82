package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.io.Json;

/** {@code ./run say} as a user starts it. */
class SayTest {
  @TempDir private Path folder;
  private Program program;
  private Path spec = Path.of("");

  @BeforeEach
  void prepare() {
    program = new Program(folder, 12);
    spec =
        program.spec(
            "voices",
            """
            baseline: {}
            directional-edit: {train: {dataset: truthfulqa, items: 0-5}, factor: 1.5}
            """);
  }

  private Program.Ended say(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("say"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--results", folder.resolve("results").toString()));
    return program.run(command.toArray(String[]::new));
  }

  private static List<JsonNode> objects(String output) throws Exception {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : output.split("\n")) {
      if (line.startsWith("{")) {
        objects.add(Json.MAPPER.readTree(line));
      }
    }
    return objects;
  }

  @Test
  void anExperimentNeedNotHaveRunAndSaysTheSameWhenItHas() throws Exception {
    Path prompts = Files.writeString(folder.resolve("prompts.txt"), "\uFEFFThe tide\r\n\n\u6F22\n");
    String[] arguments = {
      spec.toString(), "--cell", "1", "--prompts", prompts.toString(), "--json", "--max-tokens", "6"
    };
    Program.Ended before = say(arguments);
    assertThat(before.exitCode()).as(before.output()).isZero();
    assertThat(before.output()).contains("has not run; its method is fitted now");
    List<JsonNode> said = objects(before.output());
    assertThat(said).hasSize(2);
    assertThat(said.get(0).path("prompt").asText()).isEqualTo("The tide");
    assertThat(said.get(1).path("prompt").asText()).isEqualTo("\u6F22");
    assertThat(said.get(0).at("/kl/per_token")).hasSameSizeAs(said.get(0).at("/edited/tokens"));
    assertThat(said.get(0).path("settings").path("chat_template").asBoolean()).isTrue();

    String results = folder.resolve("results").toString();
    assertThat(program.run(spec.toString(), "--results", results).exitCode()).isZero();
    arguments[0] = "voices";
    Program.Ended after = say(arguments);
    assertThat(after.output()).contains("its method is fitted again, as it was in ");
    assertThat(objects(after.output())).isEqualTo(said);
    Program.Ended row =
        say("voices", "--row", "directional-edit", "The tide", "--json", "--max-tokens", "6");
    assertThat(objects(row.output())).containsExactly(said.get(0));
  }

  @Test
  void aPipeIsADialogue() throws Exception {
    Path typed = Files.writeString(folder.resolve("typed.txt"), "The tide\n/strength 0\nThe ship");
    program.reading(typed);
    Program.Ended ended = say(spec.toString(), "--cell", "1", "--max-tokens", "4");
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains(
            "> The tide\nbaseline\n", "strength 0, layers 0-3\n", "> The ship\n", "maximum 0 ");
  }

  @Test
  void wrongArgumentsAreToldBeforeTheModelIsLoaded() throws Exception {
    refused("name a cell", "The tide");
    refused("--cell 7: the plan of voices has cells 0-1", "The tide", "--cell", "7");
    refused("the prompt is empty", " ", "--cell", "1");
    refused("strength 'much': expected a number", "x", "--cell", "1", "--strength", "much");
    refused("the model has layers 0-3", "x", "--cell", "1", "--layers", "9");
    refused("--max-tokens 0: expected at least 1", "x", "--cell", "1", "--max-tokens", "0");
    refused("are for --sample", "x", "--cell", "1", "--temperature", "1");
    refused("temperature 0.0: expected", "x", "--cell", "1", "--sample", "--temperature", "0");
    refused("exclude each other", "x", "--cell", "1", "--prompts", spec.toString());
    refused("there is no such file", "--cell", "1", "--prompts", "none.txt");
    refused("--json needs a prompt", "--cell", "1", "--json");
    refused("baseline has none that can be changed", "x", "--cell", "0", "--strength", "2");
    Program.Ended unknown = say("nothing", "--cell", "1", "x");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.output()).contains("there are no results in ", ", and no spec ");
    assertThat(say("nothing.yaml", "--cell", "1", "x").output()).contains("no such file");
  }

  private void refused(String message, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(spec.toString()));
    all.addAll(List.of(arguments));
    Program.Ended ended = say(all.toArray(String[]::new));
    assertThat(ended.output()).as(Arrays.toString(arguments)).contains(message);
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
  }
}
