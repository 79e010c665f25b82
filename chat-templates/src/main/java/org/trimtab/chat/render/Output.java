package org.trimtab.chat.render;

import org.trimtab.chat.value.Limits;

/** Printed text that is being collected. */
final class Output {
  private final StringBuilder text = new StringBuilder();

  void print(String part) {
    Limits.text((long) text.length() + part.length());
    text.append(part);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
