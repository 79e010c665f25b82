package org.trimtab.run.reproduce;

/**
 * One thing that is not as it was when the original ran.
 *
 * @param what the thing: {@code model file model.safetensors}, {@code processor}
 * @param was what it was
 * @param is what it is now
 * @param severity how much it may matter
 * @param reason why it matters that much, and what to do about it where something can be done
 */
public record Difference(String what, String was, String is, Severity severity, String reason) {
  /** For people, on one line. */
  public String text() {
    return what + ": was " + was + ", is " + is + "; " + reason;
  }
}
