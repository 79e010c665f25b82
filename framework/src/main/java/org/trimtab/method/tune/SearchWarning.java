package org.trimtab.method.tune;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A setting of a search that is valid but probably unintended.
 *
 * @param parameters the parameters concerned; empty for the tuner's own settings
 * @param message the problem, and what to do
 */
public record SearchWarning(Set<String> parameters, String message) {
  /** Copies the set. */
  public SearchWarning {
    parameters = Set.copyOf(parameters);
  }

  /**
   * The warnings about a search. A single trial of a single point is intended.
   *
   * @param products groups of parameters that act only through their product, according to the
   *     method
   */
  public static List<SearchWarning> of(
      TunerSettings tuner, Space space, Collection<Set<String>> products) {
    List<SearchWarning> warnings = new ArrayList<>();
    if (tuner.trials() == 1 && space.searched().isEmpty()) {
      return warnings;
    }
    if (tuner.kind() == TunerSettings.Kind.TPE && tuner.trials() <= tuner.startup()) {
      warnings.add(
          new SearchWarning(
              Set.of(),
              "%d trials are not above the %d start-up trials of tpe, so this is a random search; raise 'trials', lower 'startup', or write 'kind: random'"
                  .formatted(tuner.trials(), tuner.startup())));
    }
    for (Map.Entry<String, Domain> parameter : space.parameters().entrySet()) {
      if (parameter.getValue().single()) {
        warnings.add(
            new SearchWarning(
                Set.of(parameter.getKey()),
                "'%s' has one value, %s, so there is nothing to search; give it a range such as 0.0..0.1"
                    .formatted(parameter.getKey(), parameter.getValue().spread(0))));
      }
    }
    for (Set<String> product : products) {
      List<String> searched =
          space.searched().stream().map(Map.Entry::getKey).filter(product::contains).toList();
      if (searched.size() > 1) {
        warnings.add(
            new SearchWarning(
                Set.copyOf(searched),
                "%s act only through their product, so every result has many settings; fix all but one of them, as in 'fixed 1'"
                    .formatted("'" + String.join("' and '", searched) + "'")));
      }
    }
    return warnings;
  }
}
