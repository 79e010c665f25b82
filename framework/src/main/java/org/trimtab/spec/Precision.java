package org.trimtab.spec;

import org.trimtab.spec.yaml.Spelling;

/** The type of weights and activations. Log-softmax and sums are always fp32. */
public enum Precision {
  /** 32-bit floating point. */
  FLOAT32,
  /** IEEE 16-bit floating point. */
  FLOAT16;

  /** The spelling in specs and identities: {@code float32}. */
  public String text() {
    return Spelling.kebab(name());
  }
}
