package org.trimtab.chat.value;

/** True or false. */
public enum Bool implements Value {
  FALSE(0),
  TRUE(1);

  private final long number;

  Bool(long number) {
    this.number = number;
  }

  /** Its value in arithmetic, 0 or 1. */
  public long number() {
    return number;
  }

  /** The value for a Java boolean. */
  public static Bool of(boolean truth) {
    return truth ? TRUE : FALSE;
  }

  @Override
  public String typeName() {
    return "bool";
  }
}
