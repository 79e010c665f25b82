package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UsageException;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
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

  private void assertRefused(String written, String wrong, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("spec.yaml"), SPEC.replace(written, wrong));
    SourceSettings sources =
        SourceSettings.of(Map.of("TRIMTAB_CACHE", folder.resolve("cache").toString()), folder);
    Session.Request request =
        new Session.Request(file, List.of(), OptionalInt.empty(), Optional.empty());
    assertThatThrownBy(() -> Session.open(request, sources, folder, Progress.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file + ":" + message);
  }
}
