package org.trimtab.run.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trimtab.plan.CanonicalJson;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;

/**
 * Matches the cells of a new plan with the original's. Cells match if their identities are equal
 * except for the kind of device, which changes digits but not the experiment.
 */
final class PlanMatch {
  private final Plan now;
  private final Map<String, Cell> cells = new HashMap<>();

  PlanMatch(Plan now) {
    this.now = now;
    now.cells().forEach(cell -> cells.put(CanonicalJson.write(identity(cell)), cell));
  }

  /** The new cell that matches one of the original's. */
  Optional<Cell> of(Cell original) {
    return Optional.ofNullable(cells.get(CanonicalJson.write(identity(original))));
  }

  /** One difference for all cells without a match; it shows the first of them. */
  List<Difference> missing(List<Cell> originals) {
    List<Cell> missing = originals.stream().filter(cell -> of(cell).isEmpty()).toList();
    if (missing.isEmpty()) {
      return List.of();
    }
    Cell first = missing.get(0);
    Map<String, String> was = leaves(first);
    Map<String, String> is =
        now.cells().stream()
            .filter(cell -> cell.index() == first.index())
            .findFirst()
            .map(PlanMatch::leaves)
            .orElse(Map.of());
    return List.of(
        new Difference(
            "cell " + first.index() + ", " + first.label(),
            without(was, is),
            is.isEmpty() ? "not planned" : without(is, was),
            Severity.IDENTITY,
            missing.size() + " of plan.json's cells are now planned differently"));
  }

  private static String without(Map<String, String> leaves, Map<String, String> others) {
    Map<String, String> own = new TreeMap<>(leaves);
    own.entrySet().removeAll(others.entrySet());
    return own.toString();
  }

  /**
   * As text, since a number read from a file may have another type than the same number created
   * here.
   */
  private static Map<String, String> leaves(Cell cell) {
    Map<String, String> leaves = new TreeMap<>();
    Leaves.of(identity(cell))
        .forEach((place, value) -> leaves.put(place, CanonicalJson.write(value)));
    return leaves;
  }

  private static ObjectNode identity(Cell cell) {
    ObjectNode identity = cell.identity().deepCopy();
    identity.remove("device");
    return identity;
  }
}
