package org.trimtab.chat.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Arithmetic;
import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.ListValue;
import org.trimtab.chat.value.RangeValue;
import org.trimtab.chat.value.Real;
import org.trimtab.chat.value.Repr;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.TupleValue;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** Python's {@code format % values} with the conversions s, r, d, i, f, F, x and X. */
public final class PrintfFormat {
  private static final Pattern CONVERSION =
      Pattern.compile(
          "%(?:\\((?<key>[^()]*)\\))?(?<flags>[-0 +]*)(?<width>\\d{0,7})"
              + "(?:\\.(?<precision>\\d{0,7}))?(?<type>.)?",
          Pattern.DOTALL);

  private final Value values;
  private final List<Value> sequence;
  private int used;
  private boolean keyed;

  private PrintfFormat(Value values) {
    this.values = values;
    this.sequence = values instanceof TupleValue tuple ? tuple.items() : List.of(values);
  }

  /** Formats a value, the elements of a tuple, or the entries of a dict. */
  public static String apply(Text format, Value values) {
    if (format.markup()) {
      throw Failure.unsupported("'%' on text marked safe");
    }
    return new PrintfFormat(values).format(format.value());
  }

  private String format(String format) {
    Matcher matcher = CONVERSION.matcher(format);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    while (matcher.find()) {
      int found = matcher.start();
      out.append(format, copied, found);
      copied = matcher.end();
      out.append(convert(matcher));
      Limits.text(out.length());
    }
    if (!keyed && used < sequence.size() && !hasItems(values)) {
      throw Failure.type("not all arguments converted during string formatting");
    }
    return out.append(format, copied, format.length()).toString();
  }

  /** Whether Python takes the value for a mapping, of which not all need to be used. */
  private static boolean hasItems(Value value) {
    return value instanceof ListValue
        || value instanceof DictValue
        || value instanceof RangeValue
        || value instanceof Undefined;
  }

  private String convert(Matcher matcher) {
    String type = matcher.group("type");
    if (type == null) {
      throw Failure.value("incomplete format");
    }
    if (type.equals("%")) {
      return "%";
    }
    Value value = next(matcher.group("key"));
    String flags = matcher.group("flags");
    String precision = matcher.group("precision");
    int digits = precision == null ? -1 : precision.isEmpty() ? 0 : Integer.parseInt(precision);
    if (type.equals("s") || type.equals("r")) {
      String text = type.equals("s") ? Values.print(value) : Repr.of(value);
      int length = text.codePointCount(0, text.length());
      String cut =
          digits < 0 || digits >= length
              ? text
              : text.substring(0, text.offsetByCodePoints(0, digits));
      return pad("", cut, flags.replace("0", ""), matcher.group("width"));
    }
    return number(type, value, flags, digits, matcher.group("width"));
  }

  private Value next(@Nullable String key) {
    if (key != null) {
      keyed = true;
      if (!(values instanceof DictValue dict)) {
        throw Failure.type("format requires a mapping");
      }
      Value value = dict.get(Text.of(key));
      if (value == null) {
        throw new Failure("KeyError", Repr.text(key));
      }
      return value;
    }
    if (used >= sequence.size()) {
      throw Failure.type("not enough arguments for format string");
    }
    return sequence.get(used++);
  }

  private static String number(String type, Value value, String flags, int digits, String width) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    boolean hexadecimal = type.equalsIgnoreCase("x");
    if (!List.of("d", "i", "f", "F", "x", "X").contains(type)) {
      throw Failure.unsupported("the conversion '%" + type + "'");
    }
    if (!Arithmetic.isNumber(value) || (hexadecimal && value instanceof Real)) {
      String wanted = hexadecimal ? "an integer is" : "a real number is";
      throw Failure.type(
          type.equalsIgnoreCase("f")
              ? "must be real number, not " + value.typeName()
              : "%" + type + " format: " + wanted + " required, not " + value.typeName());
    }
    double real = Arithmetic.real(value);
    boolean negative =
        (type.equalsIgnoreCase("f") && value instanceof Real)
            ? NumberFormat.isNegative(real)
            : real < 0;
    String body;
    if (type.equalsIgnoreCase("f")) {
      body = NumberFormat.fixed(real, digits < 0 ? 6 : digits);
    } else {
      body = integer(value, hexadecimal);
      Limits.text(digits);
      body = "0".repeat(Math.max(0, digits - body.length())) + body;
    }
    String sign = negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
    boolean upper = type.equals("X") || type.equals("F");
    return pad(sign, upper ? body.toUpperCase(Locale.ROOT) : body, flags, width);
  }

  private static String integer(Value value, boolean hexadecimal) {
    if (value instanceof Real real && !(Math.abs(real.value()) < 0x1p63)) {
      throw Failure.unsupported("formatting this float as an integer");
    }
    long number = value instanceof Real real ? (long) real.value() : Arithmetic.integer(value);
    String text = hexadecimal ? Long.toString(number, 16) : Long.toString(number);
    return text.startsWith("-") ? text.substring(1) : text;
  }

  private static String pad(String sign, String body, String flags, String width) {
    int fill = NumberFormat.missing(sign + body, width.isEmpty() ? 0 : Integer.parseInt(width));
    if (flags.contains("-")) {
      return sign + body + " ".repeat(fill);
    }
    return flags.contains("0") ? sign + "0".repeat(fill) + body : " ".repeat(fill) + sign + body;
  }
}
