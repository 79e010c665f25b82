package org.trimtab.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The result of an evaluation for one item, in full precision.
 *
 * @param item the item's id: its index in the data set's file
 * @param details evaluator-specific values, such as {@code {"mc1": {"ll": [..]}}}; written
 *     unchanged to the item's line
 * @param scores named scores of this item (mc1, mc2, nll, ...); comparisons pair them across cells
 */
public record ItemResult(int item, ObjectNode details, Map<String, Double> scores) {}
