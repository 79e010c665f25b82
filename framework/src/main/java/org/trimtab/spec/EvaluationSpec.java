package org.trimtab.spec;

import java.util.Map;
import org.trimtab.spec.yaml.Position;

/**
 * An evaluation of a spec.
 *
 * @param key its key in the spec: the evaluator's name, or an alias
 * @param declaration the evaluator
 * @param values its settings, of the declaration's type
 * @param metricPrefix the part before the slash of its metrics' names: the alias if it has one;
 *     otherwise the evaluator's own on its default data set, and on another one the data set's
 *     name, or that of its file without the extension
 * @param at where the evaluator is written
 * @param places where its settings are written, by path, in the order of writing
 */
public record EvaluationSpec(
    String key,
    EvaluatorDeclaration declaration,
    Record values,
    String metricPrefix,
    Position at,
    Map<String, Position> places) {}
