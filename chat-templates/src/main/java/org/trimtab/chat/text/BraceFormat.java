package org.trimtab.chat.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Arithmetic;
import org.trimtab.chat.value.Bool;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.Real;
import org.trimtab.chat.value.Repr;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/**
 * Python's {@code str.format}: fields by position or name, {@code !r} and {@code !s}, and format
 * specifications with fill, alignment, width, precision and the types s, d, f and %.
 */
public final class BraceFormat {
  private static final Pattern SPECIFICATION =
      Pattern.compile(
          "(?:(?<fill>.)?(?<align>[<>^]))?(?<zero>0)?(?<width>\\d{0,7})(?<comma>,)?"
              + "(?:\\.(?<precision>\\d{1,7}))?(?<type>[sdf%])?",
          Pattern.DOTALL);

  private final Arguments arguments;
  private int automatic;
  private boolean numbered;

  private BraceFormat(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Fills in the fields of a format. */
  public static String apply(String format, Arguments arguments) {
    return new BraceFormat(arguments).format(format);
  }

  private String format(String format) {
    StringBuilder out = new StringBuilder();
    int position = 0;
    while (position < format.length()) {
      char unit = format.charAt(position);
      boolean doubled = position + 1 < format.length() && format.charAt(position + 1) == unit;
      if (unit != '{' && unit != '}') {
        out.append(unit);
        position++;
      } else if (doubled) {
        out.append(unit);
        position += 2;
      } else if (unit == '}') {
        throw Failure.value("Single '}' encountered in format string");
      } else {
        int end = format.indexOf('}', position);
        if (end < 0) {
          throw Failure.value(
              position + 1 == format.length()
                  ? "Single '{' encountered in format string"
                  : "expected '}' before end of string");
        }
        out.append(field(format.substring(position + 1, end)));
        position = end + 1;
      }
      Limits.text(out.length());
    }
    return out.toString();
  }

  private String field(String field) {
    if (field.contains("{")) {
      throw Failure.unsupported("a nested format field");
    }
    int colon = field.indexOf(':');
    String head = colon < 0 ? field : field.substring(0, colon);
    String specification = colon < 0 ? "" : field.substring(colon + 1);
    int mark = head.indexOf('!');
    Value value = argument(mark < 0 ? head : head.substring(0, mark));
    if (mark >= 0) {
      value =
          switch (head.substring(mark + 1)) {
            case "r" -> Text.of(Repr.of(value));
            case "s" -> Text.of(Values.print(value));
            default -> throw Failure.unsupported("the conversion '" + head.substring(mark) + "'");
          };
    }
    return specification.isEmpty() ? Values.print(value) : specified(value, specification);
  }

  private Value argument(String name) {
    if (name.isEmpty() || name.matches("\\d{1,6}")) {
      if ((automatic > 0 && !name.isEmpty()) || (numbered && name.isEmpty())) {
        throw Failure.value(
            name.isEmpty()
                ? "cannot switch from manual field specification to automatic field numbering"
                : "cannot switch from automatic field numbering to manual field specification");
      }
      numbered = !name.isEmpty();
      int index = numbered ? Integer.parseInt(name) : automatic++;
      if (index >= arguments.positional().size()) {
        throw new Failure("IndexError", "tuple index out of range");
      }
      return arguments.positional().get(index);
    }
    if (name.contains(".") || name.contains("[")) {
      throw Failure.unsupported("attributes and elements in a format field");
    }
    Value value = arguments.named().get(name);
    if (value == null) {
      throw new Failure("KeyError", Repr.text(name));
    }
    return value;
  }

  private static String specified(Value value, String specification) {
    Matcher matcher = SPECIFICATION.matcher(specification);
    if (!matcher.matches()) {
      throw Failure.unsupported("the format specification '" + specification + "'");
    }
    boolean plain = value instanceof Text || value instanceof Int || value instanceof Real;
    if (!plain || (value instanceof Text text && text.markup())) {
      throw Failure.unsupported(
          "the format specification '" + specification + "' for a " + value.typeName());
    }
    String body = body(value, matcher, specification);
    String width = matcher.group("width");
    int missing = NumberFormat.missing(body, width.isEmpty() ? 0 : Integer.parseInt(width));
    String align = matcher.group("align");
    String fill = matcher.group("fill") == null ? " " : matcher.group("fill");
    if (matcher.group("zero") != null) {
      if (align != null || value instanceof Text) {
        throw Failure.unsupported("the format specification '" + specification + "'");
      }
      String sign = body.startsWith("-") ? "-" : "";
      return sign + "0".repeat(missing) + body.substring(sign.length());
    }
    String side = align != null ? align : value instanceof Text ? "<" : ">";
    int left = side.equals("<") ? 0 : side.equals(">") ? missing : missing / 2;
    return fill.repeat(left) + body + fill.repeat(missing - left);
  }

  private static String body(Value value, Matcher matcher, String specification) {
    String type = matcher.group("type");
    @Nullable String precision = matcher.group("precision");
    boolean comma = matcher.group("comma") != null;
    if (value instanceof Text text) {
      if (type != null && !type.equals("s")) {
        throw Failure.value("Unknown format code '" + type + "' for object of type 'str'");
      }
      if (comma) {
        throw Failure.value("Cannot specify ',' with 's'.");
      }
      int length = text.length();
      int keep = precision == null ? length : Math.min(length, Integer.parseInt(precision));
      return text.value().substring(0, text.value().offsetByCodePoints(0, keep));
    }
    if ("f".equals(type) || "%".equals(type)) {
      double number = Arithmetic.real(value) * ("%".equals(type) ? 100 : 1);
      int digits = precision == null ? 6 : Integer.parseInt(precision);
      String sign = NumberFormat.isNegative(number) ? "-" : "";
      String body = NumberFormat.fixed(number, digits);
      return sign + (comma ? grouped(body) : body) + ("%".equals(type) ? "%" : "");
    }
    boolean integer = value instanceof Int || value instanceof Bool;
    if (integer && precision == null && (type == null || type.equals("d"))) {
      String body = Values.print(value);
      String sign = body.startsWith("-") ? "-" : "";
      return sign
          + (comma ? grouped(body.substring(sign.length())) : body.substring(sign.length()));
    }
    if (type == null && precision == null && !comma) {
      return Values.print(value);
    }
    throw Failure.unsupported(
        String.format(
            Locale.ROOT,
            "the format specification '%s' for a %s",
            specification,
            value.typeName()));
  }

  private static String grouped(String digits) {
    int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
    StringBuilder out = new StringBuilder(digits);
    for (int i = point - 3; i > 0; i -= 3) {
      out.insert(i, ',');
    }
    return out.toString();
  }
}
