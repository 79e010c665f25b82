package org.trimtab.chat.value;

/** An integer of at most 64 bits; results beyond are refused, never wrapped. */
public record Int(long value) implements Value {
  @Override
  public String typeName() {
    return "int";
  }
}
