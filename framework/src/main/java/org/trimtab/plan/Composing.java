package org.trimtab.plan;

import java.util.List;

/** Settings of a method that joins what other methods of the spec learned. */
public interface Composing {
  /** The keys of those methods in the spec, each of which has to make one cell a seed. */
  List<String> compose();
}
