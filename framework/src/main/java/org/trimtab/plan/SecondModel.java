package org.trimtab.plan;

import org.jspecify.annotations.Nullable;

/** Settings of a method that asks another model beside the one that it steers. */
public interface SecondModel {
  /** The model, as specs name models; null for none. */
  @Nullable String secondModel();
}
