package org.trimtab.run;

import java.util.function.Predicate;
import org.trimtab.UsageException;
import org.trimtab.plan.Cell;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.Plan;

/**
 * How a plan is run.
 *
 * @param cells which cells; by default all
 * @param environment what is recorded of the machine
 */
public record RunOptions(Predicate<Cell> cells, Environment environment) {
  /** All cells. */
  public static RunOptions all(Environment environment) {
    return new RunOptions(cell -> true, environment);
  }

  /**
   * The cells that a text names: indices such as {@code 0-3,7}, a method's key in the spec or its
   * name, or the beginning of a cell's id (4 characters or more).
   *
   * @throws UsageException when it names no cell of the plan
   */
  public static RunOptions some(Plan plan, String text, Environment environment) {
    Predicate<Cell> cells;
    if (text.matches("[\\d,\\s-]+") && text.chars().filter(Character::isDigit).count() < 16) {
      ItemSet indices = ItemSet.parse(text);
      cells = cell -> indices.contains(cell.index());
    } else {
      boolean key = plan.cells().stream().anyMatch(cell -> cell.key().equals(text));
      cells =
          cell ->
              key
                  ? cell.key().equals(text)
                  : cell.method().equals(text)
                      || (text.length() >= 4 && cell.id().startsWith(text));
    }
    if (plan.cells().stream().noneMatch(cells)) {
      throw new UsageException(
          "no cell of %s is named by '%s'. Write indices (0-%s), a method ("
                  .formatted(plan.name(), text, plan.cells().size() - 1)
              + String.join(", ", plan.cells().stream().map(Cell::key).distinct().toList())
              + ") or the beginning of an id from the plan.");
    }
    return new RunOptions(cells, environment);
  }
}
