package org.trimtab.say;

import java.util.Locale;

/** Who speaks. */
public enum Side {
  /** The model as it is. */
  BASELINE,
  /** The model under the intervention. */
  EDITED;

  /** Its name for people. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
