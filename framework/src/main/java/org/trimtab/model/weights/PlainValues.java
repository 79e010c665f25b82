package org.trimtab.model.weights;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decoders for types that store each value on its own, little-endian. */
final class PlainValues {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private PlainValues() {}

  static void f32(byte[] source, int from, float[] target, int to, int count) {
    ByteBuffer.wrap(source, from, count * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(target, to, count);
  }

  static void f16(byte[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = HalfFloat.half(source, from + 2 * i);
    }
  }

  static void bf16(byte[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = HalfFloat.brain(source, from + 2 * i);
    }
  }

  static void f8e4m3(byte[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      int magnitude = source[from + i] & 0x7f;
      int mantissa = magnitude & 7;
      int exponent = magnitude >> 3;
      float value =
          magnitude == 0x7f
              ? Float.NaN
              : exponent == 0 ? mantissa * 0x1p-9f : Math.scalb(1 + mantissa / 8f, exponent - 7);
      target[to + i] = source[from + i] < 0 ? -value : value;
    }
  }

  /** The upper byte of a half. */
  static void f8e5m2(byte[] source, int from, float[] target, int to, int count) {
    byte[] half = new byte[2];
    for (int i = 0; i < count; i++) {
      half[1] = source[from + i];
      target[to + i] = HalfFloat.half(half, 0);
    }
  }

  static void f64(byte[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = (float) Double.longBitsToDouble((long) LONGS.get(source, from + 8 * i));
    }
  }

  static void i64(byte[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = (float) longAt(source, from + 8 * i);
    }
  }

  static void i32(byte[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = (float) intAt(source, from + 4 * i);
    }
  }

  static void i16(byte[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = shortAt(source, from + 2 * i);
    }
  }

  static void i8(byte[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = source[from + i];
    }
  }

  static void u8(byte[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = source[from + i] & 0xff;
    }
  }

  static long longAt(byte[] source, int index) {
    return (long) LONGS.get(source, index);
  }

  static int intAt(byte[] source, int index) {
    return (int) INTS.get(source, index);
  }

  static short shortAt(byte[] source, int index) {
    return (short) SHORTS.get(source, index);
  }
}
