package org.trimtab.method;

import java.util.List;
import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.Key;

/**
 * Settings of a composition.
 *
 * @param compose keys of methods in the same spec
 */
public record ComposedSettings(
    @Key("keys of methods in this spec that are applied together, each with one cell per seed")
        List<String> compose)
    implements MethodSettings {
  /** Copies the list. */
  public ComposedSettings {
    compose = List.copyOf(compose);
  }
}
