package org.trimtab.chat.value;

/** Python's None. */
public enum None implements Value {
  NONE;

  @Override
  public String typeName() {
    return "NoneType";
  }

  @Override
  public String qualifiedName() {
    return "None";
  }
}
