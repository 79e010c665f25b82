package org.trimtab.method;

import java.util.Map;
import org.trimtab.model.intervene.Intervention;

/**
 * The result of a fit.
 *
 * @param intervention frozen; the caller closes it
 * @param facts facts of the fit worth recording: names and values (numbers, texts, lists), the same
 *     for the same cell
 */
public record FittedMethod(Intervention intervention, Map<String, Object> facts) {}
