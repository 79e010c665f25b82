package org.trimtab.spec;

/** What a method is for, which decides how its settings are written. */
public enum MethodKind {
  /** The unsteered model; it comes first in every plan. */
  BASELINE,
  /** Makes an intervention from settings and, mostly, training items. */
  TREATMENT,
  /** Joins what treatments of the same spec learned; it comes last in every plan. */
  COMPOSITION,
  /**
   * Another method with one thing broken on purpose. Written as {@code like: <key of that method>};
   * every further key replaces that method's key of this name.
   */
  CONTROL
}
