package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.EvaluationSpec;
import org.trimtab.spec.EvaluatorDeclaration;
import org.trimtab.spec.Key;
import org.trimtab.spec.Registry;
import org.trimtab.spec.yaml.Node;

/** The mapping {@code evaluate}: evaluators by name or alias, each with its own settings. */
record EvaluationsType(Registry registry, ValueTypes types) implements ValueType {
  private static final String EVALUATOR = "evaluator";
  private static final String DATASET = "dataset";
  private static final Pattern ALIAS = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  /** The place of evaluators' schemas in a spec's schema. */
  private static final String DEFINITIONS = "#/properties/evaluate/$defs/";

  @Override
  public String expected() {
    return "a mapping of evaluators";
  }

  @Override
  public @Nullable Object bind(Node node, String path, Binding binding) {
    String names = "; known: " + String.join(", ", names());
    if (!(node instanceof Node.Mapping mapping)) {
      return binding.unexpected(node, expected(), names);
    }
    if (mapping.entries().isEmpty() && !registry.evaluators().isEmpty()) {
      return binding.problem(node.at(), "no evaluator is named; name at least one" + names);
    }
    Map<String, EvaluatorDeclaration> declared = new LinkedHashMap<>();
    registry.evaluators().forEach(evaluator -> declared.put(evaluator.name(), evaluator));
    Named.Kind<EvaluatorDeclaration> kind =
        new Named.Kind<>(
            EVALUATOR,
            "an evaluator",
            ALIAS,
            "lower-case letters, digits, - and _ (at most 64): metrics are named by it",
            declared);
    Map<String, EvaluationSpec> evaluations = new LinkedHashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      Named.read(entry, kind, binding)
          .flatMap(named -> bind(named, binding))
          .ifPresent(evaluation -> evaluations.put(evaluation.key(), evaluation));
    }
    return evaluations;
  }

  private Optional<EvaluationSpec> bind(Named<EvaluatorDeclaration> named, Binding binding) {
    Binding own = binding.nested();
    Object bound = types.of(named.declared().settings()).bind(named.keys(), "", own);
    return Optional.ofNullable(bound)
        .map(
            read ->
                new EvaluationSpec(
                    named.entry().key(),
                    named.declared(),
                    (Record) read,
                    metricPrefix(named.entry().key(), named.declared(), (Record) read),
                    named.entry().at(),
                    own.places()));
  }

  private static String metricPrefix(String key, EvaluatorDeclaration evaluator, Record settings) {
    if (!key.equals(evaluator.name())) {
      return key;
    }
    String dataset = Settings.tree(settings).path(DATASET).asText("");
    boolean own =
        Arrays.stream(evaluator.settings().getRecordComponents())
            .filter(component -> component.getName().equals(DATASET))
            .map(component -> component.getAnnotation(Key.class))
            .allMatch(known -> known == null || known.defaultValue().equals(dataset));
    if (own) {
      return evaluator.metricPrefix();
    }
    String file = dataset.substring(dataset.lastIndexOf('/') + 1);
    return file.replaceAll("\\.[^.]*$", "").replaceAll("[^A-Za-z0-9._-]", "-");
  }

  private List<String> names() {
    return registry.evaluators().stream().map(EvaluatorDeclaration::name).toList();
  }

  @Override
  public JsonNode write(Object value) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    for (Object each : ((Map<?, ?>) value).values()) {
      EvaluationSpec evaluation = (EvaluationSpec) each;
      ObjectNode keys = tree.putObject(evaluation.key());
      if (!evaluation.key().equals(evaluation.declaration().name())) {
        keys.put(EVALUATOR, evaluation.declaration().name());
      }
      keys.setAll(Settings.tree(evaluation.values(), evaluation.places().keySet()));
    }
    return tree;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    schema.put("minProperties", 1);
    ObjectNode alias = schema.putObject("additionalProperties").put("type", "object");
    alias.putArray("required").add(EVALUATOR);
    ArrayNode either = alias.putArray("oneOf");
    ObjectNode definitions = schema.putObject("$defs");
    for (EvaluatorDeclaration evaluator : registry.evaluators()) {
      ObjectNode definition = types.of(evaluator.settings()).schema();
      ObjectNode name = JsonNodeFactory.instance.objectNode().put("const", evaluator.name());
      ((ObjectNode) definition.get("properties"))
          .set(EVALUATOR, name.put("description", "the evaluator that an alias stands for"));
      definitions.set(evaluator.name(), definition);
      properties.set(evaluator.name(), reference(evaluator));
      either.add(reference(evaluator));
    }
    return schema;
  }

  private static ObjectNode reference(EvaluatorDeclaration evaluator) {
    return JsonNodeFactory.instance.objectNode().put("$ref", DEFINITIONS + evaluator.name());
  }
}
