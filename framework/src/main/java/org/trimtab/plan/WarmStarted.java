package org.trimtab.plan;

import java.util.Optional;
import java.util.Set;

/** Settings of a method whose fits may begin where that of another setting ended. */
public interface WarmStarted {
  /**
   * The setting whose fit this one begins from.
   *
   * @param siblings all settings that the method's factors expand to, one level each
   * @return one of them, never on a circle; empty to begin by itself
   */
  Optional<Record> start(Set<Record> siblings);
}
