package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UsageException;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.model.LanguageModel;
import org.trimtab.run.session.Session;

/** What shows to be wrong with a spec only when its model is looked at has its place, too. */
class SpecPlacesTest {
  private static final String SPEC =
      """
      name: places
      question: where?
      model: world
      methods:
        baseline: {}
      evaluate:
        perplexity: {dataset: world-prose, window: 128, stride: 64}
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void anUnknownModelHasThePlaceOfItsName() throws IOException {
    assertRefused("world\n", "nonesuch\n", "3:8: 'nonesuch' is no model");
  }

  @Test
  void aModelThatCannotBeFetchedHasThePlaceOfItsName() throws IOException {
    assertRefused("world\n", "missing/dir\n", "3:8: The model 'missing/dir' could not be fetched");
  }

  @Test
  void aFolderThatIsNoModelHasThePlaceOfItsName() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertRefused("world\n", empty + "\n", "3:8: " + empty + ": not a model's folder");
  }

  @Test
  void aModelWhoseConfigCannotBeReadHasThePlaceOfItsName() throws IOException {
    Path broken = Files.createDirectories(folder.resolve("broken"));
    for (String file : List.of("tokenizer.json", "model.safetensors", "config.json")) {
      Files.writeString(broken.resolve(file), "{");
    }
    assertRefused("world\n", broken + "\n", "3:8: ");
  }

  @Test
  void aWindowBeyondTheContextHasThePlaceOfTheWindow() throws IOException {
    assertRefused(
        "128", "1025", "7:3: window 1,025 is longer than the context of world, 1,024 tokens");
  }

  @Test
  void aPrecisionThatTheDeviceLacksHasItsPlace() throws IOException {
    assertRefused(
        "world\n",
        "world\ndevice: cpu\nprecision: float16\n",
        "5:12: precision float16 needs a GPU");
  }

  @Test
  void argumentsThatTheChatTemplateDoesNotReadAreRefused() throws IOException {
    assertRefused(
        "world\n",
        "world\nthinking: false\n",
        "4:11: the chat template of world has no switch for thinking");
    assertRefused(
        "world\n",
        "world\ntemplate_arguments: {reasoning_effort: low}\n",
        "4:21: the chat template of world does not read 'reasoning_effort'");
    assertRefused(
        "world\n",
        "world\ntemplate_arguments: {messages: 1}\n",
        "4:22: 'messages' is no argument that a spec can give");
  }

  @Test
  void thinkingReachesTheChatTemplate() throws IOException {
    Path thinker = Files.createDirectories(folder.resolve("thinker"));
    Path world = new ModelSource(sources(), Progress.NONE).resolve("world").path();
    try (Stream<Path> files = Files.list(world)) {
      for (Path file : files.toList()) {
        Files.copy(file, thinker.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        thinker.resolve("chat_template.jinja"),
        "{{ messages[0].content }}{% if enable_thinking is defined and enable_thinking is false %}"
            + "<think></think>{% endif %}");
    Path file =
        Files.writeString(
            folder.resolve("spec.yaml"),
            SPEC.replace("world\n", thinker + "\nthinking: false\n")
                .replaceAll(
                    "perplexity: .*",
                    "exact-match: {dataset: world-opposites, chat_template: true, items: 0-1}"));

    Session session = Session.open(request(file), sources(), folder, Progress.NONE);

    try (LanguageModel model = session.loaded()) {
      assertThat(model.userPrompt("Why?")).isEqualTo("Why?<think></think>");
      LanguageModel plain = model.with(Map.of());
      assertThat(plain.userPrompt("Why?")).isEqualTo("Why?");
      int[] asked =
          session
              .workbench(plain)
              .evaluation("exact-match")
              .continuations()
              .get(0)
              .requests()
              .get(0)
              .context();
      assertThat(model.tokenizer().decode(asked, false)).contains("<think></think>");
    }
  }

  private SourceSettings sources() {
    return SourceSettings.of(
        Map.of(
            "TRIMTAB_CACHE",
            folder.resolve("cache").toString(),
            "HF_ENDPOINT",
            "http://127.0.0.1:1"),
        folder);
  }

  private static Session.Request request(Path file) {
    return new Session.Request(file, List.of(), OptionalInt.empty(), Optional.empty());
  }

  private void assertRefused(String written, String wrong, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("spec.yaml"), SPEC.replace(written, wrong));
    assertThatThrownBy(() -> Session.open(request(file), sources(), folder, Progress.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file + ":" + message);
  }
}
