package org.trimtab.chat.value;

import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic operators. */
public final class Arithmetic {
  private static final long EXACT = 1L << 53;

  private Arithmetic() {}

  /**
   * Computes {@code left operator right} for {@code + - * / // % **}, {@code %} of numbers only.
   */
  public static Value apply(String operator, Value left, Value right) {
    if (left instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (right instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (operator.equals("+") && (left instanceof Text || left instanceof Sequence)) {
      return concatenate(left, right);
    }
    if (operator.equals("*") && isRepeatable(left)) {
      return repeat(left, right);
    }
    if (operator.equals("*") && isRepeatable(right)) {
      return repeat(right, left);
    }
    if (!isNumber(left) || !isNumber(right)) {
      String shown = operator.equals("**") ? "** or pow()" : operator;
      throw Failure.type(
          "unsupported operand type(s) for "
              + shown
              + ": '"
              + left.typeName()
              + "' and '"
              + right.typeName()
              + "'");
    }
    if (left instanceof Real || right instanceof Real) {
      return new Real(reals(operator, real(left), real(right)));
    }
    try {
      return integers(operator, integer(left), integer(right));
    } catch (ArithmeticException overflow) {
      throw Failure.unsupported("an integer beyond 64 bits");
    }
  }

  /** Computes {@code -operand} or {@code +operand}. */
  public static Value sign(String operator, Value operand) {
    if (operand instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (!isNumber(operand)) {
      throw Failure.type(
          "bad operand type for unary " + operator + ": '" + operand.typeName() + "'");
    }
    boolean negative = operator.equals("-");
    if (operand instanceof Real real) {
      return new Real(negative ? -real.value() : real.value());
    }
    return new Int(negative ? Math.negateExact(integer(operand)) : integer(operand));
  }

  /** Whether a value is an integer, a float or a boolean. */
  public static boolean isNumber(Value value) {
    return value instanceof Int || value instanceof Real || value instanceof Bool;
  }

  /** The value of an integer or boolean. Fails for others. */
  public static long integer(Value value) {
    if (value instanceof Int number) {
      return number.value();
    }
    if (value instanceof Bool truth) {
      return truth.number();
    }
    throw Failure.type("'" + value.typeName() + "' object cannot be interpreted as an integer");
  }

  /** The value of a number as a double. */
  public static double real(Value value) {
    return value instanceof Real real ? real.value() : integer(value);
  }

  private static Value concatenate(Value left, Value right) {
    if (left instanceof Text a && right instanceof Text b) {
      return a.plus(b);
    }
    if (left instanceof Text text && text.markup()) {
      throw Failure.unsupported("adding a " + right.typeName() + " to text marked safe");
    }
    if (left instanceof Sequence a && right instanceof Sequence b && a.getClass() == b.getClass()) {
      List<Value> both = new ArrayList<>(a.items());
      both.addAll(b.items());
      return a.with(both);
    }
    String type = left.typeName();
    throw Failure.type(
        "can only concatenate " + type + " (not \"" + right.typeName() + "\") to " + type);
  }

  private static boolean isRepeatable(Value value) {
    return value instanceof Text || value instanceof Sequence;
  }

  private static Value repeat(Value value, Value count) {
    if (!(count instanceof Int || count instanceof Bool)) {
      throw Failure.type("can't multiply sequence by non-int of type '" + count.typeName() + "'");
    }
    long times = Math.min(Math.max(0, integer(count)), Integer.MAX_VALUE);
    if (value instanceof Text text) {
      Limits.text(text.value().length() * times);
      return text.with(text.value().isEmpty() ? "" : text.value().repeat((int) times));
    }
    Sequence sequence = (Sequence) value;
    Limits.elements(sequence.items().size() * times);
    List<Value> items = new ArrayList<>();
    for (long i = 0; i < times && !sequence.items().isEmpty(); i++) {
      items.addAll(sequence.items());
    }
    return sequence.with(items);
  }

  private static Value integers(String operator, long left, long right) {
    if (operator.equals("**")) {
      return power(left, right);
    }
    if ("+-*".contains(operator)) {
      return new Int(
          switch (operator) {
            case "+" -> Math.addExact(left, right);
            case "-" -> Math.subtractExact(left, right);
            default -> Math.multiplyExact(left, right);
          });
    }
    if (right == 0) {
      throw new Failure(
          "ZeroDivisionError",
          switch (operator) {
            case "/" -> "division by zero";
            case "//" -> "integer division or modulo by zero";
            default -> "integer modulo by zero";
          });
    }
    if (operator.equals("/")) {
      if (Math.abs(left) > EXACT || Math.abs(right) > EXACT) {
        throw Failure.unsupported("dividing integers beyond 53 bits");
      }
      return new Real((double) left / right);
    }
    if (left == Long.MIN_VALUE) {
      throw Failure.unsupported("dividing the least integer");
    }
    return new Int(operator.equals("//") ? Math.floorDiv(left, right) : Math.floorMod(left, right));
  }

  private static Value power(long base, long exponent) {
    if (exponent < 0) {
      return new Real(reals("**", (double) base, (double) exponent));
    }
    if (exponent > 63 && Math.abs(base) > 1) {
      throw Failure.unsupported("an integer beyond 64 bits");
    }
    long result = 1;
    long times = Math.abs(base) > 1 ? exponent : exponent == 0 ? 0 : 2 - exponent % 2;
    for (long i = 0; i < times; i++) {
      result = Math.multiplyExact(result, base);
    }
    return new Int(result);
  }

  private static double reals(String operator, double left, double right) {
    if (operator.equals("**")) {
      return realPower(left, right);
    }
    if ("+-*".contains(operator)) {
      return switch (operator) {
        case "+" -> left + right;
        case "-" -> left - right;
        default -> left * right;
      };
    }
    if (right == 0) {
      throw new Failure(
          "ZeroDivisionError",
          switch (operator) {
            case "/" -> "float division by zero";
            case "//" -> "float floor division by zero";
            default -> "float modulo";
          });
    }
    if (operator.equals("/")) {
      return left / right;
    }
    double remainder = left % right;
    double quotient = (left - remainder) / right;
    if (remainder == 0) {
      remainder = Math.copySign(0, right);
    } else if (right < 0 != remainder < 0) {
      remainder += right;
      quotient -= 1;
    }
    if (operator.equals("%")) {
      return remainder;
    }
    double floor = Math.floor(quotient);
    return quotient == 0
        ? Math.copySign(0, left / right)
        : quotient - floor > 0.5 ? floor + 1 : floor;
  }

  private static double realPower(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw new Failure("ZeroDivisionError", "0.0 cannot be raised to a negative power");
    }
    if (base < 0 && exponent != Math.rint(exponent)) {
      throw Failure.unsupported("a complex number");
    }
    double result = Math.pow(base, exponent);
    if (Double.isInfinite(result) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
      throw new Failure("OverflowError", "(34, 'Numerical result out of range')");
    }
    return base == 1 ? 1 : result;
  }
}
