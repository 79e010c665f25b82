package org.trimtab.method;

import java.util.Map;
import java.util.Optional;
import org.trimtab.model.intervene.Intervention;

/**
 * The result of a fit.
 *
 * @param intervention frozen; the caller closes it
 * @param facts facts of the fit worth recording: names and values (numbers, texts, lists), the same
 *     for the same cell
 * @param adjustable what can be set anew without learning again; empty for nothing
 * @param directions what it learned, as vectors; empty if that is something else
 */
public record FittedMethod(
    Intervention intervention,
    Map<String, Object> facts,
    Optional<Adjustable> adjustable,
    Optional<LearnedDirections> directions) {
  /** A fit that keeps no direction. */
  public FittedMethod(
      Intervention intervention, Map<String, Object> facts, Optional<Adjustable> adjustable) {
    this(intervention, facts, adjustable, Optional.empty());
  }

  /** A fit of which nothing can be set anew. */
  public FittedMethod(Intervention intervention, Map<String, Object> facts) {
    this(intervention, facts, Optional.empty(), Optional.empty());
  }
}
