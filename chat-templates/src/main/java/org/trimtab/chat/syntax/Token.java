package org.trimtab.chat.syntax;

/**
 * A piece of a template's source.
 *
 * @param kind what it is
 * @param text its characters; of a string literal, its value
 * @param line the line that it starts on, counted from 1
 */
record Token(Kind kind, String text, int line) {
  enum Kind {
    DATA("template data / text"),
    VARIABLE_BEGIN("begin of print statement"),
    VARIABLE_END("end of print statement"),
    BLOCK_BEGIN("begin of statement block"),
    BLOCK_END("end of statement block"),
    NAME("name"),
    STRING("string"),
    INTEGER("integer"),
    FLOAT("float"),
    OPERATOR("operator"),
    END("end of template");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  String describe() {
    return kind == Kind.NAME || kind == Kind.OPERATOR ? text : kind.description();
  }
}
