package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.data.DatasetKind;
import org.trimtab.plan.Cell;
import org.trimtab.plan.DatasetFacts;
import org.trimtab.plan.ModelFacts;
import org.trimtab.plan.Plan;
import org.trimtab.plan.Planner;
import org.trimtab.spec.Precision;
import org.trimtab.spec.Spec;
import org.trimtab.spec.bind.SpecReader;

/**
 * The ids of the cells of the project's specs: results are found by them, so that they change only
 * with a version that is raised. What plans ask of models and data sets is recorded beside them.
 * The manuals of learned-delta and fusion-paper are not here, since their data and model are their
 * readers' own, nor the fusion of simpleqa-fusion, whose items a run chooses.
 */
class ShippedCellIdsTest {
  private static final JsonNode RECORDED = recorded();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "opinion",
        "quickstart",
        "rule-understanding-full",
        "rule-understanding",
        "simpleqa",
        "tqa-full",
        "tqa-sweep",
        "world-deltas",
        "world-fusion"
      })
  void everyCellHasTheIdThatItHad(String name) {
    Spec spec =
        new SpecReader(Project.REGISTRY)
            .read(Project.file("experiments/" + name + ".yaml"), List.of());
    JsonNode ids = RECORDED.path("ids").path(name);

    Plan plan =
        Planner.plan(
            spec, model(spec.model()), DATASETS, "cpu", Precision.FLOAT32, OptionalInt.empty());

    assertThat(plan.cells())
        .extracting(Cell::id)
        .containsExactlyElementsOf(
            StreamSupport.stream(ids.spliterator(), false).map(JsonNode::asText).toList());
  }

  private static ModelFacts model(String name) {
    JsonNode facts = RECORDED.path("models").path(name);
    return new ModelFacts(
        name,
        facts.path("layers").asInt(),
        facts.path("hidden").asInt(),
        facts.path("attention").asInt(),
        8192,
        facts.path("weights").asText(),
        facts.path("tokenizer").asText(),
        () -> true);
  }

  private static final DatasetFacts DATASETS =
      new DatasetFacts() {
        private JsonNode facts(String dataset) {
          return RECORDED.path("datasets").path(dataset);
        }

        @Override
        public int items(String dataset) {
          return facts(dataset).path("items").asInt();
        }

        @Override
        public DatasetKind kind(String dataset) {
          return DatasetKind.valueOf(facts(dataset).path("kind").asText());
        }

        @Override
        public String sha256(String dataset) {
          return facts(dataset).path("sha256").asText();
        }

        @Override
        public String modelSha256(String model) {
          return RECORDED.path("models").path(model).path("weights").asText();
        }
      };

  private static JsonNode recorded() {
    try (InputStream file =
        Objects.requireNonNull(
            ShippedCellIdsTest.class.getResourceAsStream("shipped-cell-ids.json"))) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
