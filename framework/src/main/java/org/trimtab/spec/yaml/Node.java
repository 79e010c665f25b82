package org.trimtab.spec.yaml;

import java.util.List;
import java.util.Optional;

/** A piece of YAML with the place where it was written. */
public sealed interface Node {
  /** Where it begins. */
  Position at();

  /** A description, in words that follow "found". */
  String described();

  /** The kinds of scalars. */
  enum Kind {
    NULL,
    BOOLEAN,
    INTEGER,
    DOUBLE,
    TEXT
  }

  /** One value; a boolean's text is {@code true} or {@code false}. */
  record Scalar(Position at, Kind kind, String text) implements Node {
    @Override
    public String described() {
      return switch (kind) {
        case NULL -> "nothing";
        case BOOLEAN -> text;
        case INTEGER, DOUBLE -> "the number " + Spelling.quoted(text).replace("'", "");
        case TEXT -> "the text " + Spelling.quoted(text);
      };
    }
  }

  /** A key and its value. */
  record Entry(Position at, String key, Node value) {}

  /** Keys and values in the order of the file. */
  record Mapping(Position at, List<Entry> entries) implements Node {
    /** The entry of a key. */
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    @Override
    public String described() {
      return "a mapping";
    }
  }

  /** A list. */
  record Sequence(Position at, List<Node> items) implements Node {
    @Override
    public String described() {
      return "a list";
    }
  }

  /** The path of a value in a mapping or list: {@code layers.1}. */
  static String path(String parent, String child) {
    return parent.isEmpty() ? child : parent + "." + child;
  }

  /** Whether this is YAML's null, that is, nothing was written. */
  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.NULL;
  }
}
