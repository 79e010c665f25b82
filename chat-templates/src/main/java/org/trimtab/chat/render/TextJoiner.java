package org.trimtab.chat.render;

import org.trimtab.chat.value.Limits;

/** Joins texts with a separator, within the limit of length. */
final class TextJoiner {
  private final String separator;
  private final StringBuilder text = new StringBuilder();
  private boolean first = true;

  TextJoiner(String separator) {
    this.separator = separator;
  }

  void add(String part) {
    Limits.text((long) text.length() + separator.length() + part.length());
    text.append(first ? "" : separator).append(part);
    first = false;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
