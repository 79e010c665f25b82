package org.trimtab.method;

import java.util.Map;
import org.trimtab.model.intervene.Intervention;

/**
 * What a method makes.
 *
 * @param intervention frozen; the caller closes it
 * @param facts what is worth journaling of the fit: names and values (numbers, texts, lists), the
 *     same for the same cell
 */
public record FittedMethod(Intervention intervention, Map<String, Object> facts) {}
