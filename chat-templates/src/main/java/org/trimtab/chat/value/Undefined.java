package org.trimtab.chat.value;

/**
 * What a missing variable, attribute or element evaluates to. It prints as nothing, is false, empty
 * and equal to any other undefined; every other use fails.
 *
 * @param kind the kind of the failure that its use raises
 * @param detail the message of that failure
 */
public record Undefined(String kind, String detail) implements Value {
  /** An undefined value with a message of its own. */
  public static Undefined because(String detail) {
    return new Undefined("UndefinedError", detail);
  }

  /** A variable that does not exist. */
  public static Undefined variable(String name) {
    return because(Repr.text(name) + " is undefined");
  }

  /** An attribute or element that does not exist. */
  public static Undefined member(Value owner, Value key) {
    String type = owner.qualifiedName() + (owner instanceof None ? "" : " object");
    if (key instanceof Text name) {
      return because(Repr.text(type) + " has no attribute " + Repr.text(name.value()));
    }
    return because(type + " has no element " + Repr.of(key));
  }

  /** An attribute that the sandbox keeps from templates. */
  public static Undefined unsafe(Value owner, String attribute) {
    return new Undefined(
        "SecurityError",
        "access to attribute "
            + Repr.text(attribute)
            + " of "
            + Repr.text(owner.typeName())
            + " object is unsafe.");
  }

  /** The failure that using this value raises. */
  public Failure failure() {
    return new Failure(kind, detail);
  }

  @Override
  public String typeName() {
    return "Undefined";
  }
}
