package org.trimtab.model.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the key-value part of a GGUF header. */
final class GgufValues {
  private static final int LONGEST_KEY = 65_535;
  private static final int LONGEST_STRING = 1 << 26;
  private static final int LONGEST_LIST = 1 << 24;
  private static final int LEAST_BYTES_OF_PAIR = 8 + 4 + 1;

  private static final int STRING = 8;
  private static final int ARRAY = 9;

  private final GgufCursor cursor;

  GgufValues(GgufCursor cursor) {
    this.cursor = cursor;
  }

  /** Reads the pairs; keys must differ. */
  Map<String, Object> read(long pairs) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (long i = 0; i < pairs; i++) {
      String key = cursor.string("metadata key " + i, LONGEST_KEY);
      String what = "metadata key '" + key + "'";
      int type = cursor.i32("the type of " + what);
      Object value = type == ARRAY ? list(what) : single(type, what);
      if (values.put(key, value) != null) {
        throw cursor.problem(what, "occurs twice");
      }
    }
    return values;
  }

  /** The smallest number of bytes that a pair takes. */
  static int leastBytes() {
    return LEAST_BYTES_OF_PAIR;
  }

  private List<Object> list(String what) {
    int type = cursor.i32("the element type of " + what);
    int count = cursor.count("the length of " + what, leastBytes(type, what));
    if (count > LONGEST_LIST) {
      throw cursor.problem(what, "has " + count + " elements; at most " + LONGEST_LIST + " fit");
    }
    List<Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(single(type, what));
    }
    return List.copyOf(values);
  }

  private Object single(int type, String what) {
    return switch (type) {
      case 0 -> (long) (cursor.i8(what) & 0xff);
      case 1 -> (long) cursor.i8(what);
      case 2 -> (long) (cursor.i16(what) & 0xffff);
      case 3 -> (long) cursor.i16(what);
      case 4 -> cursor.i32(what) & 0xffff_ffffL;
      case 5 -> (long) cursor.i32(what);
      case 6 -> (double) Float.intBitsToFloat(cursor.i32(what));
      case 7 -> truth(cursor.i8(what), what);
      case STRING -> cursor.string(what, LONGEST_STRING);
      case 10 -> cursor.u64(what);
      case 11 -> cursor.i64(what);
      case 12 -> Double.longBitsToDouble(cursor.i64(what));
      default -> throw unknownType(type, what);
    };
  }

  private boolean truth(byte value, String what) {
    if (value != 0 && value != 1) {
      throw cursor.problem(what, "should be 0 or 1, found " + value);
    }
    return value == 1;
  }

  private int leastBytes(int type, String what) {
    return switch (type) {
      case 0, 1, 7 -> 1;
      case 2, 3 -> 2;
      case 4, 5, 6 -> 4;
      case STRING, 10, 11, 12 -> 8;
      default -> throw unknownType(type, what);
    };
  }

  private RuntimeException unknownType(int type, String what) {
    return cursor.problem(
        what,
        "has value type %s; known are 0 to 12, without lists inside lists"
            .formatted(Integer.toUnsignedString(type)));
  }
}
