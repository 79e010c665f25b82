package org.trimtab.chat.value;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** Python's {@code <}, {@code <=}, {@code >} and {@code >=}. */
public final class Ordering {
  private Ordering() {}

  /** Whether {@code left operator right} holds. Fails where Python has no order. */
  public static boolean holds(String operator, Value left, Value right) {
    if (left instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (right instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (isNan(left) || isNan(right)) {
      return false;
    }
    if (left instanceof Sequence a && right instanceof Sequence b && a.getClass() == b.getClass()) {
      return holds(operator, a.items(), b.items());
    }
    int order = compare(operator, left, right);
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static boolean holds(String operator, List<Value> left, List<Value> right) {
    int common = Math.min(left.size(), right.size());
    for (int i = 0; i < common; i++) {
      if (!Equality.equal(left.get(i), right.get(i))) {
        return holds(operator, left.get(i), right.get(i));
      }
    }
    return holds(operator, new Int(left.size()), new Int(right.size()));
  }

  private static int compare(String operator, Value left, Value right) {
    if (left instanceof Text a && right instanceof Text b) {
      return codePoints(a.value(), b.value());
    }
    if (Arithmetic.isNumber(left) && Arithmetic.isNumber(right)) {
      double a = Arithmetic.real(left);
      double b = Arithmetic.real(right);
      return a != b || Double.isInfinite(a)
          ? Double.compare(a, b)
          : exact(left).compareTo(exact(right));
    }
    throw Failure.type(
        "'"
            + operator
            + "' not supported between instances of '"
            + left.typeName()
            + "' and '"
            + right.typeName()
            + "'");
  }

  private static int codePoints(String left, String right) {
    return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
  }

  private static BigDecimal exact(Value number) {
    return number instanceof Real real
        ? new BigDecimal(real.value())
        : BigDecimal.valueOf(Arithmetic.integer(number));
  }

  private static boolean isNan(Value value) {
    return value instanceof Real real && Double.isNaN(real.value());
  }
}
