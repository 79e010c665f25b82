package org.trimtab.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.MethodSpec;
import org.trimtab.spec.Precision;
import org.trimtab.spec.TemplateValue;

/**
 * Everything that a cell's results depend on, as JSON. This is the part shared by the cells of a
 * plan; what several cells have in common is one node, which nobody may change.
 */
final class Identity {
  /** Raised when the same JSON would no longer mean the same results. */
  private static final int FORMAT = 1;

  private final ModelFacts model;
  private final DatasetFacts datasets;
  private final String device;
  private final Precision precision;
  private final Map<String, TemplateValue> template;
  private final Map<String, Groups> groups;

  /** Nodes that cells have in common, by what they describe, and their canonical texts. */
  private final IdentityHashMap<Object, JsonNode> shared = new IdentityHashMap<>();

  private final IdentityHashMap<JsonNode, String> texts = new IdentityHashMap<>();

  Identity(
      ModelFacts model,
      DatasetFacts datasets,
      String device,
      Precision precision,
      Map<String, TemplateValue> template,
      Map<String, Groups> groups) {
    this.model = model;
    this.datasets = datasets;
    this.device = device;
    this.precision = precision;
    this.template = template;
    this.groups = groups;
  }

  /**
   * The identity of a cell. The training items replace the settings that chose them.
   *
   * @param values the method's settings in this cell
   * @param settings the same as a tree
   */
  ObjectNode of(
      MethodSpec method,
      MethodSettings values,
      ObjectNode settings,
      @Nullable Training training,
      long seed,
      List<PlannedEvaluation> evaluations) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    ObjectNode methodJson =
        json.putObject("method")
            .put("name", method.declaration().name())
            .put("version", method.declaration().version());
    @Nullable String second = values.secondModel();
    if (second != null) {
      methodJson.put("second_model", datasets.modelSha256(second));
    }
    values
        .alsoReads()
        .forEach((key, other) -> methodJson.put(key, datasets.sha256(other.dataset().text())));
    if (method.like() != null) {
      methodJson.put("like_version", method.like().declaration().version());
    }
    ObjectNode kept = settings;
    if (training != null) {
      kept = settings.objectNode();
      kept.setAll(settings);
      kept.remove("train");
      TrainingSettings train = Objects.requireNonNull(values.train());
      json.set("training", shared(training, () -> training(training, train)));
    }
    methodJson.set("settings", kept);
    json.put("seed", seed);
    json.set("model", shared(model, this::model));
    if (!template.isEmpty()) {
      json.set("template", shared(template, this::template));
    }
    json.put("device", device).put("precision", precision.text());
    json.set("evaluations", shared(evaluations, () -> evaluations(evaluations)));
    return json;
  }

  /** The hash of a data set or a file of pairs; of two files, of their hashes by their keys. */
  private String sha256(TrainingSettings train) {
    List<String> files = train.files();
    if (files.size() == 1) {
      return datasets.sha256(files.get(0));
    }
    return CanonicalJson.sha256(
        JsonNodeFactory.instance
            .objectNode()
            .put("positive", datasets.sha256(files.get(0)))
            .put("negative", datasets.sha256(files.get(1))));
  }

  /** The id of the cell that has an identity. */
  String id(ObjectNode identity) {
    return Cell.idOf(CanonicalJson.write(identity, texts));
  }

  private JsonNode shared(Object described, Supplier<JsonNode> node) {
    return shared.computeIfAbsent(
        described,
        unused -> {
          JsonNode made = node.get();
          texts.put(made, CanonicalJson.write(made));
          return made;
        });
  }

  private JsonNode training(Training training, TrainingSettings train) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("dataset", sha256(train))
        .put("items", training.items().toString())
        .put("withheld", training.withheld().toString())
        .put("leaky", training.leaky());
  }

  private JsonNode model() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("weights", model.weightsSha256())
        .put("tokenizer", model.tokenizerSha256());
  }

  private JsonNode template() {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    template.forEach((name, argument) -> arguments.set(name, argument.tree()));
    return arguments;
  }

  private JsonNode evaluations(List<PlannedEvaluation> evaluations) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    evaluations.stream()
        .sorted(Comparator.comparing(PlannedEvaluation::name))
        .forEach(
            evaluation -> {
              Groups own = groups.get(evaluation.dataset());
              ObjectNode json = all.addObject().put("name", evaluation.name());
              if (!evaluation.name().equals(evaluation.evaluator())) {
                json.put("evaluator", evaluation.evaluator());
              }
              json.put("version", evaluation.version())
                  .put("dataset", datasets.sha256(evaluation.dataset()))
                  .put("groups", own == null ? "" : own.fingerprint())
                  .set("settings", evaluation.settings());
            });
    return all;
  }
}
