package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trimtab.data.ContrastTexts;
import org.trimtab.data.DatasetKind;
import org.trimtab.plan.DatasetFacts;
import org.trimtab.plan.ModelFacts;
import org.trimtab.plan.Plan;
import org.trimtab.plan.Planner;
import org.trimtab.spec.Precision;
import org.trimtab.spec.Spec;
import org.trimtab.spec.bind.SpecReader;
import org.trimtab.spec.bind.SpecSchema;

/** The specs of the project are valid, and the first of them is the manual. */
class ExperimentsTest {
  private static final List<String> MANUALS =
      List.of(
          "experiments/tqa-sweep.yaml",
          "experiments/learned-delta.yaml",
          "experiments/world-adapter.yaml",
          "experiments/simpleqa.yaml",
          "experiments/simpleqa-fusion.yaml");
  private static final ModelFacts MODEL =
      new ModelFacts("smollm2", 30, 576, 576, 4096, "w", "t", () -> true);
  private static final DatasetFacts DATASETS =
      new DatasetFacts() {
        @Override
        public int items(String dataset) {
          return switch (dataset) {
            case "wikitext-2" -> 1;
            case "world-truth" -> 181;
            case "political-facts" -> 31;
            case "general-facts" -> 65;
            case "writing-prompts" -> 60;
            default -> 817;
          };
        }

        @Override
        public String modelSha256(String model) {
          return "0".repeat(64);
        }

        @Override
        public DatasetKind kind(String dataset) {
          return switch (dataset) {
            case "truthfulqa", "world-truth" -> DatasetKind.MULTIPLE_CHOICE;
            case "simpleqa", "world-questions" -> DatasetKind.SHORT_QUESTIONS;
            case "world-opinions" -> DatasetKind.OPINIONS;
            case "wikitext-2",
                "world-prose",
                "creative-instructions",
                "ordinary-instructions",
                "writing-prompts" ->
                DatasetKind.TEXT;
            case "world-facts", "world-anchors", "political-facts", "general-facts" ->
                DatasetKind.FACTS;
            default -> DatasetKind.PAIRS;
          };
        }

        @Override
        public ContrastTexts texts(List<String> files) {
          return ContrastTexts.read(files.stream().map(this::file).toList());
        }

        private Path file(String name) {
          return name.contains(".")
              ? Project.file("experiments").resolve(name)
              : Project.file("framework/src/main/resources/org/trimtab/data/creative")
                  .resolve(name + ".txt");
        }

        @Override
        public String sha256(String dataset) {
          return dataset;
        }
      };

  @Test
  void everySpecIsValidAndNamedLikeItsFile() throws IOException {
    try (Stream<Path> files = Files.list(Project.file("experiments"))) {
      List<Path> specs = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(specs).isNotEmpty();
      for (Path file : specs) {
        Spec spec = new SpecReader(Project.REGISTRY).read(file, List.of());
        assertThat(file).hasFileName(spec.name() + ".yaml");
        assertThat(plan(spec, OptionalInt.empty()).cells()).isNotEmpty();
      }
    }
  }

  @Test
  void aLimitShortensPerplexityToAsManyWindows() {
    Spec spec =
        new SpecReader(Project.REGISTRY).read(Project.file("experiments/tqa-full.yaml"), List.of());

    Plan plan = plan(spec, OptionalInt.of(3));

    assertThat(plan.cells().get(0).evaluations())
        .extracting(evaluation -> evaluation.settings().toString())
        .containsExactly(
            "{\"dataset\":\"truthfulqa\",\"items\":\"0-2\",\"primer\":true,\"chat_template\":false}",
            "{\"dataset\":\"wikitext-2\",\"tokens\":2048,\"window\":1024,\"stride\":512}");
  }

  @Test
  void theManualsHaveEveryKeyWithItsDefault() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String manual : MANUALS) {
      lines.addAll(Files.readAllLines(Project.file(manual)));
    }
    Map<String, List<String>> missing = new TreeMap<>();
    keys(
        new ObjectMapper().readTree(SpecSchema.text(Project.REGISTRY)),
        (key, value) -> {
          Pattern written = Pattern.compile("(^|[#\\s{])" + Pattern.quote(key) + ":(\\s|$)");
          boolean there =
              lines.stream()
                  .filter(line -> written.matcher(line).find())
                  .anyMatch(line -> value.isEmpty() || line.contains(value));
          if (!there) {
            missing.computeIfAbsent(key, unused -> new ArrayList<>()).add(value);
          }
        });

    assertThat(missing).as("keys (with defaults) that %s lack", MANUALS).isEmpty();
  }

  /** Uncommenting every key that is shown with its default changes nothing. */
  @Test
  void theDefaultsInTheManualAreTheDefaults() throws IOException {
    String manual = Files.readString(Project.file("experiments/tqa-sweep.yaml"));
    String full =
        manual
            .replaceAll("(?m)^# (device|precision|seed): ", "$1: ")
            .replaceAll(
                "(?m)^#( +(leaky|source|side|norm_preserving|dataset|chat_template|window|stride): )",
                " $1");
    assertThat(full).isNotEqualTo(manual);
    Spec defaults = read(manual);
    Spec shown = read(full);

    assertThat(List.of(shown.device(), shown.precision(), shown.seed()))
        .isEqualTo(List.of(defaults.device(), defaults.precision(), defaults.seed()));
    assertThat(plan(shown, OptionalInt.empty())).isEqualTo(plan(defaults, OptionalInt.empty()));
  }

  private static Spec read(String text) {
    return new SpecReader(Project.REGISTRY)
        .read("manual.yaml", text.getBytes(StandardCharsets.UTF_8), List.of());
  }

  private interface KeyAndDefault {
    void accept(String key, String value);
  }

  private static void keys(JsonNode schema, KeyAndDefault each) {
    schema
        .path("properties")
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue().path("default");
              each.accept(entry.getKey(), value.isValueNode() ? value.asText() : "");
              keys(entry.getValue(), each);
              keys(entry.getValue().path("items"), each);
            });
    schema.path("$defs").forEach(definition -> keys(definition, each));
  }

  private static Plan plan(Spec spec, OptionalInt limit) {
    return Planner.plan(spec, MODEL, DATASETS, "cpu", Precision.FLOAT32, limit);
  }
}
