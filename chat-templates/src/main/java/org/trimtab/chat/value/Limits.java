package org.trimtab.chat.value;

/** How much one rendering may do, so that no template can hang or exhaust the program. */
public final class Limits {
  /** Longest text, in UTF-16 units, that a template may build or print. */
  public static final int TEXT = 8_000_000;

  /** Most elements of a list that a template may build. */
  public static final int ELEMENTS = 1_000_000;

  /** Longest {@code range()}, the limit of the reference implementation's sandbox. */
  public static final int RANGE = 100_000;

  /** Deepest nesting of evaluations: expressions, blocks and macro calls together. */
  public static final int DEPTH = 1_000;

  /** Deepest nesting of brackets and blocks in the source. */
  public static final int SYNTAX_DEPTH = 200;

  /** Units of work: one for an evaluation, and more for an operation on a large value. */
  public static final long WORK = 20_000_000;

  /** Most elements that one comparison of two values, or one key of a dict, may look at. */
  public static final int COMPARISONS = 1_000_000;

  private Limits() {}

  /** Fails where a text of this length would exceed {@link #TEXT}; returns the length. */
  public static int text(long length) {
    if (length > TEXT) {
      throw Failure.limit("the template builds a text of more than " + TEXT + " characters");
    }
    return (int) length;
  }

  /** Fails where a list of this size would exceed {@link #ELEMENTS}; returns the size. */
  public static int elements(long size) {
    if (size > ELEMENTS) {
      throw Failure.limit("the template builds a list of more than " + ELEMENTS + " elements");
    }
    return (int) size;
  }
}
