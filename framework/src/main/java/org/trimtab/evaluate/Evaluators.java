package org.trimtab.evaluate;

import java.util.List;
import java.util.Optional;
import org.trimtab.Plugins;
import org.trimtab.UserException;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.PlannedEvaluation;

/** The evaluators on the class path and in plug-ins. */
public final class Evaluators {
  private Evaluators() {}

  /** All evaluators, by name. */
  public static List<Evaluator<?>> all() {
    return Plugins.services(Evaluator.class, evaluator -> evaluator.name()).stream()
        .<Evaluator<?>>map(evaluator -> evaluator)
        .toList();
  }

  /** The evaluator of a name. */
  public static Evaluator<?> named(String name) {
    return all().stream()
        .filter(evaluator -> evaluator.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UserException("there is no evaluator '" + name + "'"));
  }

  /**
   * The items that a planned evaluation names; empty for one of running text, and for one of
   * another version, whose settings cannot be read here.
   */
  public static Optional<ItemSet> scored(PlannedEvaluation planned) {
    return all().stream()
        .filter(each -> each.name().equals(planned.evaluator()))
        .filter(each -> each.version() == planned.version())
        .findFirst()
        .flatMap(each -> each.settings(planned).scored());
  }
}
