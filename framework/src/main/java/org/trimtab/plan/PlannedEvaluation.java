package org.trimtab.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of a spec, the same for all of its cells.
 *
 * @param name distinguishes it from the spec's other evaluations: the evaluator's name, or an
 *     alias; the key of journals and files
 * @param evaluator the evaluator's name: truthfulqa-mc, perplexity, ...
 * @param version the evaluator's version; raised when its results change
 * @param metricPrefix the part before the slash of its metrics' names: truthfulqa, wikitext, ...
 * @param dataset the data set that it reads; {@link Training} on the same one excludes items
 * @param settings its settings, all defaults written out
 * @param values the same as a record; null for an evaluation that was read from a file
 */
public record PlannedEvaluation(
    String name,
    String evaluator,
    int version,
    String metricPrefix,
    String dataset,
    ObjectNode settings,
    @JsonIgnore @Nullable EvaluationSettings values) {}
