package org.trimtab.plan;

import java.util.List;

/** Settings of a method that may be allowed and still hardly meant. */
public interface Warned {
  /** What is so and what to do, for people, of the settings of one cell. */
  List<String> warnings();
}
