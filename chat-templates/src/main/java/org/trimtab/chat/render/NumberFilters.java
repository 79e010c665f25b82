package org.trimtab.chat.render;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.text.Whitespace;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Arithmetic;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.Real;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;

/** Filters of numbers. */
final class NumberFilters {
  private static final Pattern INTEGER = Pattern.compile("[-+]?\\d+(?:_\\d+)*");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?(?:\\d+(?:_\\d+)*\\.?(?:\\d+(?:_\\d+)*)?|\\.\\d+(?:_\\d+)*)"
              + "(?:[eE][-+]?\\d+(?:_\\d+)*)?");
  private static final Pattern SPECIAL =
      Pattern.compile("(?<sign>[-+]?)(?:(?<nan>nan)|inf(?:inity)?)", Pattern.CASE_INSENSITIVE);

  private NumberFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("int", NumberFilters::integer);
    filters.put("float", NumberFilters::real);
    filters.put("abs", NumberFilters::absolute);
    filters.put("round", NumberFilters::round);
  }

  private static Value integer(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_int", 0, "default", "base");
    Expect.defined(input);
    Value otherwise = bound[0] == null ? new Int(0) : bound[0];
    if (Expect.integer(bound[1], 10) != 10) {
      throw Failure.unsupported("the filter 'int' with another base than 10");
    }
    if (input instanceof Text text) {
      String number = trimmed(text.value());
      if (INTEGER.matcher(number).matches()) {
        try {
          return new Int(Long.parseLong(number.replace("_", "")));
        } catch (NumberFormatException tooLarge) {
          throw Failure.unsupported("an integer beyond 64 bits");
        }
      }
    }
    if (!(input instanceof Text) && !(input instanceof Real)) {
      return Arithmetic.isNumber(input) ? new Int(Arithmetic.integer(input)) : otherwise;
    }
    Double number = input instanceof Real real ? (Double) real.value() : parse((Text) input);
    if (number == null || number.isNaN() || number.isInfinite()) {
      return otherwise;
    }
    if (Math.abs(number) >= 0x1p63) {
      throw Failure.unsupported("an integer beyond 64 bits");
    }
    return new Int(number.longValue());
  }

  private static Value real(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_float", 0, "default");
    Expect.defined(input);
    Double number = input instanceof Text text ? parse(text) : null;
    if (number != null) {
      return new Real(number);
    }
    if (Arithmetic.isNumber(input)) {
      return new Real(Arithmetic.real(input));
    }
    return bound[0] == null ? new Real(0) : bound[0];
  }

  private static String trimmed(String text) {
    String start = Whitespace.stripStart(text, Whitespace::isSpace);
    return Whitespace.stripEnd(start, Whitespace::isSpace);
  }

  private static @Nullable Double parse(Text text) {
    String number = trimmed(text.value());
    if (FLOAT.matcher(number).matches()) {
      return Double.parseDouble(number.replace("_", ""));
    }
    Matcher special = SPECIAL.matcher(number);
    if (special.matches()) {
      boolean negative = special.group("sign").equals("-");
      return special.group("nan") != null
          ? Double.NaN
          : negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (number.codePoints().anyMatch(point -> point > 0x7f && Character.isDigit(point))) {
      throw Failure.unsupported("a number in other digits than 0 to 9");
    }
    return null;
  }

  private static Value absolute(Value input, Arguments arguments) {
    arguments.positional("abs", 0, 0);
    if (!Arithmetic.isNumber(input)) {
      throw Failure.type("bad operand type for abs(): '" + input.typeName() + "'");
    }
    return input instanceof Real real
        ? new Real(Math.abs(real.value()))
        : new Int(Math.abs(Arithmetic.integer(input)));
  }

  private static Value round(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_round", 0, "precision", "method");
    long precision = Expect.integer(bound[0], 0);
    String method = bound[1] == null ? "common" : Expect.text(bound[1]);
    if (Math.abs(precision) > 300) {
      throw Failure.unsupported("rounding to more than 300 digits");
    }
    if (!Arithmetic.isNumber(input)) {
      if (input instanceof Undefined && !method.equals("common")) {
        Expect.defined(input);
      }
      throw Failure.type("type " + input.typeName() + " doesn't define __round__ method");
    }
    if (method.equals("common")) {
      return common(input, (int) precision);
    }
    if (!method.equals("ceil") && !method.equals("floor")) {
      throw new Failure("FilterArgumentError", "method must be common, ceil or floor");
    }
    if (precision != 0) {
      throw Failure.unsupported("rounding up or down to digits after the point");
    }
    double real = Arithmetic.real(input);
    return new Real(method.equals("ceil") ? Math.ceil(real) : Math.floor(real));
  }

  private static Value common(Value input, int precision) {
    if (!(input instanceof Real real)) {
      if (precision < 0) {
        throw Failure.unsupported("rounding an integer to tens");
      }
      return new Int(Arithmetic.integer(input));
    }
    double number = real.value();
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return input;
    }
    double rounded =
        new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
    return new Real(Math.copySign(rounded, number));
  }
}
