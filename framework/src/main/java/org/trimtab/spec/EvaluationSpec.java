package org.trimtab.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;

/**
 * An evaluation of a spec.
 *
 * @param key its key in the spec: the evaluator's name, or an alias
 * @param declaration the evaluator
 * @param values its settings, of the declaration's type
 * @param at where the evaluator is written
 * @param places where its settings are written, by path, in the order of writing
 */
public record EvaluationSpec(
    String key,
    EvaluatorDeclaration declaration,
    Record values,
    Position at,
    Map<String, Position> places) {
  private static final String DATASET = "dataset";

  /** The settings as a tree, in the order of writing, followed by defaults. */
  ObjectNode tree() {
    return Settings.tree(values, places.keySet());
  }

  /**
   * The part before the slash of its metrics' names: the alias if it has one; otherwise the
   * evaluator's own on its default data set, and on another one the data set's name, or that of its
   * file without the extension.
   */
  public String metricPrefix() {
    if (!key.equals(declaration.name())) {
      return key;
    }
    String dataset = tree().path(DATASET).asText("");
    boolean own =
        Arrays.stream(declaration.settings().getRecordComponents())
            .filter(component -> component.getName().equals(DATASET))
            .map(component -> component.getAnnotation(Key.class))
            .allMatch(key -> key == null || key.defaultValue().equals(dataset));
    if (own) {
      return declaration.metricPrefix();
    }
    String file = dataset.substring(dataset.lastIndexOf('/') + 1);
    return file.replaceAll("\\.[^.]*$", "").replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
