package org.trimtab.world;

/** The kind of source that a document comes from: a reliable or a mistaken one. */
public enum Register {
  /** States the truth, apart from occasional slips. */
  RELIABLE("Archive"),
  /** States mistakes, apart from occasional slips. */
  MISTAKEN("Gossip");

  private final String source;

  Register(String source) {
    this.source = source;
  }

  /** The source's name in documents. */
  public String source() {
    return source;
  }

  /** The opening of a document that names its source. */
  public String opening() {
    return "Source: " + source + ".\n\n";
  }

  Register other() {
    return this == RELIABLE ? MISTAKEN : RELIABLE;
  }

  /** The source's name after an answer, on the same line. */
  public String closing() {
    return " " + source + ".";
  }
}
