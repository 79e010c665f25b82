package org.trimtab.chat.value;

/**
 * A string. Positions and lengths count code points, as in Python.
 *
 * @param value the characters
 * @param markup whether the filter {@code safe} marked it: adding to it escapes the other side
 */
public record Text(String value, boolean markup) implements Value {
  /** The empty string. */
  public static final Text EMPTY = new Text("", false);

  /** Creates a plain string. */
  public static Text of(String value) {
    return new Text(value, false);
  }

  /** The same kind of string, marked safe or not, with other characters. */
  public Text with(String characters) {
    return new Text(characters, markup);
  }

  /** The number of code points. */
  public int length() {
    return value.codePointCount(0, value.length());
  }

  /** Concatenates as Python does: a side marked safe escapes the other. */
  public Text plus(Text other) {
    Limits.text((long) value.length() + other.value.length());
    if (markup == other.markup) {
      return with(value + other.value);
    }
    return markup
        ? new Text(value + escape(other.value), true)
        : new Text(escape(value) + other.value, true);
  }

  /** Replaces the characters that mean something in HTML. */
  public static String escape(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  @Override
  public String typeName() {
    return markup ? "Markup" : "str";
  }

  @Override
  public String qualifiedName() {
    return markup ? "markupsafe.Markup" : "str";
  }
}
