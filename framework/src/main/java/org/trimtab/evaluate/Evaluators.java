package org.trimtab.evaluate;

import java.util.List;
import org.trimtab.Plugins;
import org.trimtab.UserException;

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
}
