package org.trimtab.evaluators.truthfulqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trimtab.data.MultipleChoice;
import org.trimtab.data.source.Datasets;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.Metrics;
import org.trimtab.method.Contrast;
import org.trimtab.method.Direction;
import org.trimtab.method.DirectionalEditSettings.Lines;
import org.trimtab.method.HiddenStates;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.model.weights.MappedWeights;
import org.trimtab.model.weights.WeightFiles;
import org.trimtab.plan.PlannedEvaluation;

/**
 * A real model against reference scores of transformers 5.18 and lm_eval 0.4.13. Reads the model
 * from the environment variable TRIMTAB_SMOLLM2 and TruthfulQA from where the program finds it.
 */
class SmolLm2ReferenceIT {
  private static final int HIDDEN_STATE = 18;
  private static LanguageModel model;
  private static Path questions;

  @BeforeAll
  static void load() {
    String path = System.getenv("TRIMTAB_SMOLLM2");
    assumeTrue(path != null, "TRIMTAB_SMOLLM2 does not name SmolLM2-135M-Instruct.Q4_1.gguf");
    Optional<Path> found = dataset();
    assumeTrue(found.isPresent(), "TruthfulQA is not on this machine and cannot be downloaded");
    questions = found.get();
    model = LanguageModel.load("smollm2", Path.of(path), Device.cpu(), DataType.FLOAT32);
  }

  private static Optional<Path> dataset() {
    Path project = Path.of("..").toAbsolutePath().normalize();
    try {
      return Optional.of(
          new Datasets(SourceSettings.fromEnvironment(), null, project, Progress.NONE)
              .find("truthfulqa")
              .path());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  @AfterAll
  static void close() {
    if (model != null) {
      model.close();
    }
  }

  @Test
  void theUnmodifiedModelScoresAsTheReferenceDoes() throws IOException {
    assertScores(reference("truthfulqa-baseline-0-99.json"), "0-99", Intervention.NONE);
  }

  @Test
  void theLearnedDirectionAndTheEditedScoresAreTheReferences() throws IOException {
    List<float[]> special = new ArrayList<>();
    List<float[]> general = new ArrayList<>();
    HiddenStates states = new HiddenStates(model, List.of(HIDDEN_STATE));
    for (MultipleChoice item : MultipleChoice.read(questions).subList(0, 100)) {
      List<Map<Integer, float[]>> lines = states.of(Contrast.of(item, Lines.CARDS).texts(), true);
      special.add(lines.get(0).get(HIDDEN_STATE));
      general.add(lines.get(1).get(HIDDEN_STATE));
    }
    float[] direction = Direction.meanDifference(special, general).unit();
    try (MappedWeights expected = WeightFiles.open(fixture("direction-a.safetensors"))) {
      assertThat(cosine(direction, expected.floats("direction"))).isGreaterThan(0.9999);
    }
    Map<Integer, float[]> layers = new TreeMap<>();
    for (int layer = 5; layer < 30; layer++) {
      layers.put(layer, direction);
    }
    try (OProjEdit edit =
        new OProjEdit(model.decoder().manager(), layers, OProjEdit.Side.OUTPUT, 1.5, false)) {
      assertScores(reference("truthfulqa-edited-100-199.json"), "100-199", edit);
    }
  }

  private static void assertScores(JsonNode reference, String items, Intervention intervention) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings
        .put("dataset", "truthfulqa")
        .put("items", items)
        .put("primer", true)
        .put("chat_template", false);
    PlannedEvaluation planned =
        new PlannedEvaluation(
            "truthfulqa-mc", "truthfulqa-mc", 1, "truthfulqa", "truthfulqa", settings, null);
    EvaluationContext context =
        new EvaluationContext(
            model,
            questions,
            item -> 0,
            new TreeSet<>(),
            asked -> {
              throw new IllegalStateException("no judge is asked");
            },
            512,
            0);
    List<ItemResult> results = new ArrayList<>();
    try (Evaluation evaluation = new TruthfulQaMultipleChoice().prepare(planned, context)) {
      for (int batch = 0; batch < evaluation.batches().size(); batch++) {
        results.addAll(evaluation.score(batch, intervention));
      }
      Map<String, Double> metrics = Metrics.of(new TruthfulQaMultipleChoice(), results);
      assertThat(metrics.get("mc1")).isEqualTo(reference.at("/scores/mc1").asDouble());
      assertThat(metrics.get("mc2"))
          .isCloseTo(reference.at("/scores/mc2").asDouble(), within(1e-4));
    }
    for (int i = 0; i < results.size(); i++) {
      JsonNode expected = reference.get("items").get(i);
      JsonNode found = results.get(i).details();
      assertThat(results.get(i).item()).isEqualTo(expected.get("item").asInt());
      for (String set : List.of("mc1", "mc2")) {
        JsonNode ll = expected.get(set).get("ll");
        for (int choice = 0; choice < ll.size(); choice++) {
          assertThat(found.get(set).get("ll").get(choice).asDouble())
              .as("item %d, %s, choice %d", results.get(i).item(), set, choice)
              .isCloseTo(ll.get(choice).asDouble(), within(1e-3));
        }
      }
    }
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squaresA += (double) a[i] * a[i];
      squaresB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squaresA * squaresB);
  }

  private static JsonNode reference(String name) throws IOException {
    return new ObjectMapper().readTree(Files.readString(fixture(name)));
  }

  private static Path fixture(String name) {
    return Path.of("src/test/resources/fixtures/smollm2").resolve(name);
  }
}
