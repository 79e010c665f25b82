package org.trimtab.model.weights;

/** 16-bit floating-point numbers: widening to fp32, exact for every value, and rounding. */
final class HalfFloat {
  private static final float SUBNORMAL_STEP = 0x1p-24f;
  private static final int EXPONENT_SHIFT = (127 - 15) << 23;
  private static final int EXPONENT_OF_INFINITY = 0x7f800000;

  private HalfFloat() {}

  /** The IEEE 754 half-precision number stored little-endian at an index. */
  static float half(byte[] source, int index) {
    return half((short) bits(source, index));
  }

  /** The IEEE 754 half-precision number with some bits. */
  static float half(short half) {
    int bits = half & 0xffff;
    int sign = (bits & 0x8000) << 16;
    int magnitude = bits & 0x7fff;
    int wide;
    if (magnitude < 0x0400) {
      wide = Float.floatToRawIntBits(magnitude * SUBNORMAL_STEP);
    } else if (magnitude < 0x7c00) {
      wide = (magnitude << 13) + EXPONENT_SHIFT;
    } else {
      wide = (magnitude << 13) | EXPONENT_OF_INFINITY;
    }
    return Float.intBitsToFloat(sign | wide);
  }

  /**
   * The bits of the nearest IEEE 754 half-precision number, ties to even; infinite from 65520 on.
   */
  static short round(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    int half;
    if (Float.isNaN(value)) {
      half = 0x7e00;
    } else if (magnitude >= 65520) {
      half = 0x7c00;
    } else if (magnitude < 0x1p-14f) {
      // Steps of 2^-24: the quotient is exact, and rint rounds ties to even.
      half = (int) Math.rint(magnitude / SUBNORMAL_STEP);
    } else {
      int plain = (bits & 0x7fffffff) - EXPONENT_SHIFT;
      int odd = (plain >>> 13) & 1;
      half = (plain + 0x0fff + odd) >>> 13;
    }
    return (short) (sign | half);
  }

  /** The bfloat16 number stored little-endian at an index: the upper half of an fp32 number. */
  static float brain(byte[] source, int index) {
    return Float.intBitsToFloat(bits(source, index) << 16);
  }

  /** The bfloat16 number with some bits. */
  static float brain(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The bits of the nearest bfloat16 number, ties to even. */
  static short roundBrain(float value) {
    if (Float.isNaN(value)) {
      return 0x7fc0;
    }
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  private static int bits(byte[] source, int index) {
    return (source[index] & 0xff) | ((source[index + 1] & 0xff) << 8);
  }
}
