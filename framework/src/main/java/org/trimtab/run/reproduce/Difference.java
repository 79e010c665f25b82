package org.trimtab.run.reproduce;

/**
 * One condition that differs from the original run.
 *
 * @param what the condition: {@code model file model.safetensors}, {@code processor}
 * @param was its value then
 * @param is its value now
 * @param severity how much it may matter
 * @param reason why, and what to do about it if anything can be done
 */
public record Difference(String what, String was, String is, Severity severity, String reason) {
  /** As one line of text. */
  public String text() {
    return what + ": was " + was + ", is " + is + "; " + reason;
  }
}
