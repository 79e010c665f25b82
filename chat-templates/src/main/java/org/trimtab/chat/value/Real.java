package org.trimtab.chat.value;

/** A float. */
public record Real(double value) implements Value {
  @Override
  public String typeName() {
    return "float";
  }
}
