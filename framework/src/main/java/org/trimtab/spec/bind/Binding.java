package org.trimtab.spec.bind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.yaml.Node;
import org.trimtab.spec.yaml.Position;
import org.trimtab.spec.yaml.Problem;

/**
 * The results of one pass over a spec: handed down through all types, so that one reading reports
 * every problem, and everything that comes later knows where it was written.
 *
 * @param problems in the order in which they were found
 * @param places where each value was written, by path: {@code direction.hidden_state}, {@code
 *     layers.1}
 */
record Binding(List<Problem> problems, Map<String, Position> places) {
  Binding(List<Problem> problems) {
    this(problems, new LinkedHashMap<>());
  }

  /** The same problems, with paths relative to a nested value. */
  Binding nested() {
    return new Binding(problems);
  }

  /** Reports a problem; returns null in place of the value. */
  @Nullable Object problem(Position at, String message) {
    problems.add(Problem.at(at, message));
    return null;
  }

  /** Reports a value of the wrong kind. */
  @Nullable Object unexpected(Node node, String expected) {
    return unexpected(node, expected, "");
  }

  /** Reports a value of the wrong kind, followed by a hint. */
  @Nullable Object unexpected(Node node, String expected, String hint) {
    return problem(node.at(), "expected " + expected + ", found " + node.described() + hint);
  }
}
