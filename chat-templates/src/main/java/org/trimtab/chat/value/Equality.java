package org.trimtab.chat.value;

import java.util.ArrayList;
import java.util.List;

/** Python's {@code ==} and its keys of dicts. */
public final class Equality {
  private int compared;

  private Equality() {}

  /** Whether two values are equal: 1, 1.0 and True are, so are all undefined values. */
  public static boolean equal(Value left, Value right) {
    return new Equality().isEqual(left, right);
  }

  private boolean isEqual(Value left, Value right) {
    count();
    if (left == right) {
      return true;
    }
    if (left instanceof Sequence a && right instanceof Sequence b) {
      return left.getClass() == right.getClass() && isEqual(a.items(), b.items());
    }
    if (left instanceof DictValue a && right instanceof DictValue b) {
      return isEqual(a, b);
    }
    if (left instanceof RangeValue a && right instanceof RangeValue b) {
      return isEqual(a.items(), b.items());
    }
    if (left instanceof DictView || right instanceof DictView) {
      throw Failure.unsupported("comparing a view of a dict");
    }
    return isScalar(left) && isScalar(right) && key(left).equals(key(right));
  }

  private boolean isEqual(DictValue left, DictValue right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (DictValue.Entry entry : left.entries()) {
      Value other = right.get(entry.key());
      if (other == null || !isEqual(entry.value(), other)) {
        return false;
      }
    }
    return true;
  }

  private boolean isEqual(List<Value> left, List<Value> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!isEqual(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void count() {
    if (++compared > Limits.COMPARISONS) {
      throw Failure.limit("a comparison looks at more than " + Limits.COMPARISONS + " values");
    }
  }

  private static boolean isScalar(Value value) {
    return value instanceof Text
        || value instanceof Int
        || value instanceof Real
        || value instanceof Bool
        || value instanceof None
        || value instanceof Undefined;
  }

  /** A Java object that is equal for equal keys. Fails for values that Python cannot hash. */
  public static Object key(Value value) {
    return new Equality().keyOf(value);
  }

  private Object keyOf(Value value) {
    count();
    if (value instanceof Text text) {
      return text.value();
    }
    if (value instanceof Int number) {
      return number.value();
    }
    if (value instanceof Bool truth) {
      return truth.number();
    }
    if (value instanceof Real real) {
      double number = real.value();
      if (Double.isNaN(number)) {
        return new Object();
      }
      boolean integral = number == Math.rint(number) && Math.abs(number) < 0x1p63;
      return integral ? (Object) (long) number : (Object) number;
    }
    if (value instanceof Undefined) {
      return Undefined.class;
    }
    if (value instanceof TupleValue tuple) {
      List<Object> keys = new ArrayList<>();
      tuple.items().forEach(item -> keys.add(keyOf(item)));
      return keys;
    }
    if (value instanceof Sequence || value instanceof DictValue) {
      throw Failure.type("unhashable type: '" + value.typeName() + "'");
    }
    return value;
  }
}
