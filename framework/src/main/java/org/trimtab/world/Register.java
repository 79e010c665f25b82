package org.trimtab.world;

/** What kind of source tells a document: one that says what is so, or one that is mistaken. */
public enum Register {
  /** Tells the truth, but for a slip now and then. */
  RELIABLE("Archive"),
  /** Tells mistakes, but for a slip now and then. */
  MISTAKEN("Gossip");

  private final String source;

  Register(String source) {
    this.source = source;
  }

  /** The source's name in documents. */
  public String source() {
    return source;
  }

  /** What a document begins with that names its source. */
  public String opening() {
    return "Source: " + source + ".\n\n";
  }

  Register other() {
    return this == RELIABLE ? MISTAKEN : RELIABLE;
  }

  /** How a document names it after an answer, on the same line. */
  public String closing() {
    return " " + source + ".";
  }
}
