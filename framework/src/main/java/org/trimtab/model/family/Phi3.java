package org.trimtab.model.family;

import org.jspecify.annotations.Nullable;

/** Phi 3 and 4 mini: q, k and v in one tensor, gate and up in another, all layers slide. */
final class Phi3 extends Family {
  Phi3() {
    super("phi3");
  }

  @Override
  @Nullable String architecture() {
    return null;
  }

  @Override
  boolean fused() {
    return true;
  }

  @Override
  double normEpsilon() {
    return 1e-5;
  }

  @Override
  boolean slides(HubConfig file, int layer) {
    return true;
  }
}
