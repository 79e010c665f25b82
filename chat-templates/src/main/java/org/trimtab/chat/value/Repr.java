package org.trimtab.chat.value;

import java.util.Iterator;
import java.util.List;

/** Python's {@code repr}: how values look inside printed lists and dicts. */
public final class Repr {
  private final StringBuilder out = new StringBuilder();

  private Repr() {}

  /** The representation of a value. Fails where Python would print an address. */
  public static String of(Value value) {
    Repr repr = new Repr();
    repr.append(value);
    return repr.out.toString();
  }

  /** The representation of a string: quoted, with what is not printable escaped. */
  public static String text(String text) {
    return of(Text.of(text));
  }

  private void append(Value value) {
    Limits.text(out.length());
    if (value instanceof Text text) {
      appendText(text);
    } else if (value instanceof Int number) {
      out.append(number.value());
    } else if (value instanceof Real real) {
      out.append(FloatText.of(real.value()));
    } else if (value instanceof Bool truth) {
      out.append(truth == Bool.TRUE ? "True" : "False");
    } else if (value instanceof None) {
      out.append("None");
    } else if (value instanceof Undefined) {
      out.append("Undefined");
    } else if (value instanceof ListValue list) {
      appendAll("[", list.items(), "]");
    } else if (value instanceof TupleValue tuple) {
      appendAll("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")");
    } else if (value instanceof DictValue dict) {
      appendDict(dict);
    } else if (value instanceof DictView view) {
      appendAll(view.typeName() + "([", view.items(), "])");
    } else if (value instanceof RangeValue range) {
      String step = range.step() == 1 ? "" : ", " + range.step();
      out.append("range(" + range.start() + ", " + range.stop() + step + ")");
    } else if (value instanceof NamespaceValue namespace) {
      out.append("<Namespace ");
      append(Values.of(namespace.attributes()));
      out.append('>');
    } else if (value instanceof Callable callable) {
      out.append(callable.representation());
    } else {
      throw Failure.unsupported("printing a " + value.typeName());
    }
  }

  private void appendAll(String open, List<Value> items, String close) {
    out.append(open);
    String separator = "";
    for (Value item : items) {
      out.append(separator);
      append(item);
      separator = ", ";
    }
    out.append(close);
  }

  private void appendDict(DictValue dict) {
    out.append('{');
    Iterator<DictValue.Entry> entries = dict.entries().iterator();
    while (entries.hasNext()) {
      DictValue.Entry entry = entries.next();
      append(entry.key());
      out.append(": ");
      append(entry.value());
      out.append(entries.hasNext() ? ", " : "");
    }
    out.append('}');
  }

  private void appendText(Text text) {
    String plain = text.value();
    char quote = plain.indexOf('\'') >= 0 && plain.indexOf('"') < 0 ? '"' : '\'';
    out.append(text.markup() ? "Markup(" : "").append(quote);
    plain.codePoints().forEach(point -> appendPoint(point, quote));
    out.append(quote).append(text.markup() ? ")" : "");
  }

  private void appendPoint(int point, char quote) {
    switch (point) {
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (point == quote) {
          out.append('\\').append(quote);
        } else if (isPrintable(point)) {
          out.appendCodePoint(point);
        } else if (point < 0x100) {
          out.append(String.format("\\x%02x", point));
        } else if (point < 0x10000) {
          out.append(String.format("\\u%04x", point));
        } else {
          out.append(String.format("\\U%08x", point));
        }
      }
    }
  }

  /** Whether Python's {@code isprintable} holds for a code point. */
  public static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }
}
