package org.trimtab.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trimtab.model.intervene.Combined;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.MethodKind;

/**
 * The vectors of several methods of the spec, applied at once: vectors at one site of one layer add
 * up (additive composition, arXiv 2502.06115).
 */
public final class Composed extends BuiltInMethod<Composed.ComposedSettings> {
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

  public Composed() {
    super("composed", 1, MethodKind.COMPOSITION, ComposedSettings.class);
  }

  /** The parts are not known here; scoring uses the intervention's own lowest layer. */
  @Override
  public int lowestLayer(ComposedSettings settings) {
    return 0;
  }

  @Override
  public FittedMethod fit(Cell cell, ComposedSettings settings, FitContext context) {
    List<Intervention> parts = new ArrayList<>();
    Map<String, Object> facts = new TreeMap<>();
    for (int i = 0; i < cell.bases().size(); i++) {
      Cell base = cell.bases().get(i);
      FittedMethod part = Methods.named(base.method()).fit(base, context);
      parts.add(part.intervention());
      String prefix = "part." + (i + 1) + ".";
      facts.put(prefix + "cell", base.id());
      part.facts().forEach((name, value) -> facts.put(prefix + name, value));
    }
    return new FittedMethod(new Combined(parts), facts);
  }
}
