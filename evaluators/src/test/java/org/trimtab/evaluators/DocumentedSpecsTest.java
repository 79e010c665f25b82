package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.spec.Spec;
import org.trimtab.spec.bind.SpecReader;

/** Specs outside experiments/ are valid too. */
class DocumentedSpecsTest {
  @TempDir Path folder;

  @Test
  void theReadmesExampleIsValid() throws IOException {
    Matcher example =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Project.file("README.md")));
    assertThat(example.find()).isTrue();
    Path file = Files.writeString(folder.resolve("my-sweep.yaml"), example.group(1));

    Spec spec = new SpecReader(Project.REGISTRY).read(file, List.of());

    assertThat(spec.methods()).containsKeys("baseline", "directional-edit", "random-direction");
    assertThat(spec.evaluate()).containsOnlyKeys("truthfulqa-mc", "perplexity");
  }

  @Test
  void theBenchmarkScoresTheBaselineAlone() {
    Path file = Project.file("bench/tqa-100.yaml");

    Spec spec =
        new SpecReader(Project.REGISTRY).read(file, List.of("evaluate.truthfulqa-mc.limit=3"));

    assertThat(spec.methods()).containsOnlyKeys("baseline");
    assertThat(spec.evaluate()).containsOnlyKeys("truthfulqa-mc");
  }
}
