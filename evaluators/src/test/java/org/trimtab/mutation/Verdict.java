package org.trimtab.mutation;

/**
 * An outcome with its reason.
 *
 * @param detail the command that led to it and what it printed
 */
record Verdict(Outcome outcome, String detail) {
  /** The worse of two. */
  Verdict or(Verdict other) {
    return other.outcome.compareTo(outcome) > 0 ? other : this;
  }
}
