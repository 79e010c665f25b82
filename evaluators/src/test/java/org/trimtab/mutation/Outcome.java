package org.trimtab.mutation;

/** What came of one mutated input, from the best to the worst. */
enum Outcome {
  /** The input means the same, and the numbers are the same. */
  UNCHANGED("accepted, same numbers", false),
  /** The input is another valid one. */
  LEGAL("accepted, a valid other meaning", false),
  /** Refused with a message that names the place. */
  REFUSED("refused by name", false),
  /** Refused, but the message does not name the place. */
  UNCLEAR("refused without a place", true),
  /** A valid input was refused. */
  NEEDLESS("refused though valid", true),
  /** Damage was accepted. */
  SILENT("SILENT", true),
  /** An internal error reached the user. */
  UNEXPECTED("UNEXPECTED ERROR", true),
  /** No end within the time limit. */
  HANG("HANG", true),
  /** The process died. */
  ABORT("ABORT", true);

  private final String title;
  private final boolean fault;

  Outcome(String title, boolean fault) {
    this.title = title;
    this.fault = fault;
  }

  String title() {
    return title;
  }

  boolean fault() {
    return fault;
  }
}
