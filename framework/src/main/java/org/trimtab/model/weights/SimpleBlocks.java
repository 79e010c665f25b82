package org.trimtab.model.weights;

/**
 * Decoders for the GGUF types whose block holds 32 values with one scale (and one offset). The
 * order of operations is that of ggml's reference code, so values agree bit for bit.
 */
final class SimpleBlocks {
  /** Values in one block. */
  static final int LENGTH = 32;

  private static final int HALF = LENGTH / 2;

  private SimpleBlocks() {}

  /** {@code [scale f16][16 bytes of nibbles]}, value = scale * (nibble - 8). */
  static void q4ZeroCentred(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++, from += 18, to += LENGTH) {
      float scale = HalfFloat.half(source, from);
      for (int i = 0; i < HALF; i++) {
        int packed = source[from + 2 + i];
        target[to + i] = scale * ((packed & 0x0f) - 8);
        target[to + HALF + i] = scale * (((packed >> 4) & 0x0f) - 8);
      }
    }
  }

  /** {@code [scale f16][offset f16][16 bytes of nibbles]}, value = scale * nibble + offset. */
  static void q4WithOffset(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++, from += 20, to += LENGTH) {
      float scale = HalfFloat.half(source, from);
      float offset = HalfFloat.half(source, from + 2);
      for (int i = 0; i < HALF; i++) {
        int packed = source[from + 4 + i];
        target[to + i] = scale * (packed & 0x0f) + offset;
        target[to + HALF + i] = scale * ((packed >> 4) & 0x0f) + offset;
      }
    }
  }

  /** {@code [scale f16][fifth bits u32][16 bytes of nibbles]}, value = scale * (number - 16). */
  static void q5ZeroCentred(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++, from += 22, to += LENGTH) {
      float scale = HalfFloat.half(source, from);
      int fifthBits = PlainValues.intAt(source, from + 2);
      for (int i = 0; i < HALF; i++) {
        int packed = source[from + 6 + i];
        target[to + i] = scale * (((packed & 0x0f) | fifthBit(fifthBits, i)) - 16);
        target[to + HALF + i] =
            scale * ((((packed >> 4) & 0x0f) | fifthBit(fifthBits, HALF + i)) - 16);
      }
    }
  }

  /** {@code [scale f16][offset f16][fifth bits u32][nibbles]}, value = scale * number + offset. */
  static void q5WithOffset(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++, from += 24, to += LENGTH) {
      float scale = HalfFloat.half(source, from);
      float offset = HalfFloat.half(source, from + 2);
      int fifthBits = PlainValues.intAt(source, from + 4);
      for (int i = 0; i < HALF; i++) {
        int packed = source[from + 8 + i];
        target[to + i] = scale * ((packed & 0x0f) | fifthBit(fifthBits, i)) + offset;
        target[to + HALF + i] =
            scale * (((packed >> 4) & 0x0f) | fifthBit(fifthBits, HALF + i)) + offset;
      }
    }
  }

  /** {@code [scale f16][32 signed bytes]}, value = scale * byte. */
  static void q8(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++, from += 34, to += LENGTH) {
      float scale = HalfFloat.half(source, from);
      for (int i = 0; i < LENGTH; i++) {
        target[to + i] = scale * source[from + 2 + i];
      }
    }
  }

  private static int fifthBit(int fifthBits, int index) {
    return ((fifthBits >>> index) & 1) << 4;
  }
}
