package org.trimtab.evaluators.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.trimtab.data.source.Datasets;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.Metrics;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.DatasetName;

/**
 * Margins of a real model against those of transformers 5.18. Reads the model from the environment
 * variable TRIMTAB_SMOLLM2 and the facts from where the program finds them.
 */
class SmolLm2FactsIT {
  private static Optional<Path> facts() {
    Path project = Path.of("..").toAbsolutePath().normalize();
    try {
      return Optional.of(
          new Datasets(SourceSettings.fromEnvironment(), null, project, Progress.NONE)
              .find("political-facts")
              .path());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  @Test
  void theUnmodifiedModelHasTheReferencesMargins() throws IOException {
    String path = System.getenv("TRIMTAB_SMOLLM2");
    assumeTrue(path != null, "TRIMTAB_SMOLLM2 does not name SmolLM2-135M-Instruct.Q4_1.gguf");
    Optional<Path> file = facts();
    assumeTrue(file.isPresent(), "political-facts is not on this machine nor on the network");
    JsonNode reference =
        new ObjectMapper()
            .readTree(Path.of("src/test/resources/fixtures/smollm2/political-facts.json").toFile());

    List<ItemResult> results = new ArrayList<>();
    try (LanguageModel model =
            LanguageModel.load("smollm2", Path.of(path), Device.cpu(), DataType.FLOAT32);
        Evaluation evaluation = evaluation(model, file.get())) {
      for (int batch = 0; batch < evaluation.batches().size(); batch++) {
        results.addAll(evaluation.score(batch, Intervention.NONE));
      }
    }

    assertThat(results).hasSameSizeAs(reference.get("items"));
    for (ItemResult result : results) {
      JsonNode expected = reference.get("items").get(result.item());
      assertThat(result.details().get("id")).isEqualTo(expected.get("id"));
      assertThat(result.details().get("level")).isEqualTo(expected.get("level"));
      for (int i = 0; i < expected.get("ll").size(); i++) {
        assertThat(result.details().get("ll").get(i).asDouble())
            .as("%s, completion %d", expected.get("id"), i)
            .isCloseTo(expected.get("ll").get(i).asDouble(), within(1e-3));
      }
      assertThat(result.scores().get("margin"))
          .isCloseTo(expected.get("margin").asDouble(), within(1e-3));
      assertThat(result.scores().get("margin_per_token"))
          .isCloseTo(expected.get("margin_per_token").asDouble(), within(1e-4));
    }
    Map<String, Double> metrics = Metrics.of(new Facts(), results);
    assertThat(metrics).containsEntry("failures", 29.0).containsEntry("regressions", 0.0);
    assertThat(metrics.get("pass")).isEqualTo(reference.get("pass").asDouble() / 31);
    assertThat(metrics.get("pass_per_token"))
        .isEqualTo(reference.get("pass_per_token").asDouble() / 31);
  }

  private static Evaluation evaluation(LanguageModel model, Path file) {
    EvaluationContext context =
        new EvaluationContext(
            model,
            file,
            item -> 0,
            new TreeSet<>(),
            asked -> {
              throw new IllegalStateException("no judge is asked");
            },
            512,
            0);
    return new Facts()
        .prepare(
            new FactsSettings(new DatasetName("political-facts"), ItemSet.first(31), null),
            context);
  }
}
