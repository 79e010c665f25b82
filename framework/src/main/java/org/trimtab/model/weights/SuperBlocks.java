package org.trimtab.model.weights;

/**
 * Decoders for the "K" types of GGUF: super-blocks of 256 values whose groups have their own
 * quantised scales. The order of operations is that of ggml's reference code, so values agree bit
 * for bit.
 */
final class SuperBlocks {
  /** Values in one super-block. */
  static final int LENGTH = 256;

  private static final int GROUP = 32;

  private SuperBlocks() {}

  /** {@code [16 scale|min nibbles][64 bytes of 2 bits][d f16][dmin f16]}, 16 values per scale. */
  static void q2(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++, from += 84, to += LENGTH) {
      float d = HalfFloat.half(source, from + 80);
      float dmin = HalfFloat.half(source, from + 82);
      for (int part = 0; part < 16; part++) {
        int packedScale = source[from + part];
        float scale = d * (packedScale & 0x0f);
        float minimum = dmin * ((packedScale >> 4) & 0x0f);
        int bytes = from + 16 + twoBitBytes(part);
        int shift = twoBitShift(part);
        for (int i = 0; i < 16; i++) {
          target[to + 16 * part + i] = scale * ((source[bytes + i] >> shift) & 3) - minimum;
        }
      }
    }
  }

  /** {@code [32 bytes of third bits][64 bytes of 2 bits][12 bytes of 6-bit scales][d f16]}. */
  static void q3(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++, from += 110, to += LENGTH) {
      float d = HalfFloat.half(source, from + 108);
      for (int part = 0; part < 16; part++) {
        float scale = d * (q3Scale(source, from + 96, part) - 32);
        int bytes = from + 32 + twoBitBytes(part);
        int shift = twoBitShift(part);
        int thirdBits = from + 16 * (part % 2);
        for (int i = 0; i < 16; i++) {
          int low = (source[bytes + i] >> shift) & 3;
          int third = (source[thirdBits + i] >> (part / 2)) & 1;
          target[to + 16 * part + i] = scale * (low - 4 + 4 * third);
        }
      }
    }
  }

  /** {@code [d f16][dmin f16][12 bytes of 6-bit scales and mins][128 bytes of nibbles]}. */
  static void q4(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++, from += 144, to += LENGTH) {
      float d = HalfFloat.half(source, from);
      float dmin = HalfFloat.half(source, from + 2);
      for (int group = 0; group < 8; group++) {
        float scale = d * groupScale(source, from + 4, group);
        float minimum = dmin * groupMinimum(source, from + 4, group);
        int bytes = from + 16 + GROUP * (group / 2);
        int shift = 4 * (group % 2);
        for (int i = 0; i < GROUP; i++) {
          target[to + GROUP * group + i] = scale * ((source[bytes + i] >> shift) & 15) - minimum;
        }
      }
    }
  }

  /** As {@link #q4} with 32 bytes of fifth bits before the nibbles. */
  static void q5(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++, from += 176, to += LENGTH) {
      float d = HalfFloat.half(source, from);
      float dmin = HalfFloat.half(source, from + 2);
      for (int group = 0; group < 8; group++) {
        float scale = d * groupScale(source, from + 4, group);
        float minimum = dmin * groupMinimum(source, from + 4, group);
        int bytes = from + 48 + GROUP * (group / 2);
        int shift = 4 * (group % 2);
        for (int i = 0; i < GROUP; i++) {
          int fifth = ((source[from + 16 + i] >> group) & 1) << 4;
          int number = ((source[bytes + i] >> shift) & 15) | fifth;
          target[to + GROUP * group + i] = scale * number - minimum;
        }
      }
    }
  }

  /** {@code [128 bytes of nibbles][64 bytes of upper 2 bits][16 signed scales][d f16]}. */
  static void q6(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++, from += 210, to += LENGTH) {
      float d = HalfFloat.half(source, from + 208);
      for (int part = 0; part < 16; part++) {
        float scale = d * source[from + 192 + part];
        int group = part / 2;
        int offset = 16 * (part % 2);
        int low = from + 64 * (group / 4) + GROUP * (group % 2) + offset;
        int lowShift = 4 * ((group / 2) % 2);
        int high = from + 128 + GROUP * (group / 4) + offset;
        int highShift = 2 * (group % 4);
        for (int i = 0; i < 16; i++) {
          int number =
              ((source[low + i] >> lowShift) & 15) | (((source[high + i] >> highShift) & 3) << 4);
          target[to + 16 * part + i] = scale * (number - 32);
        }
      }
    }
  }

  private static int twoBitBytes(int part) {
    return 32 * (part / 8) + 16 * (part % 2);
  }

  private static int twoBitShift(int part) {
    return 2 * ((part / 2) % 4);
  }

  private static int q3Scale(byte[] source, int scales, int part) {
    int low = (source[scales + part % 8] >> (4 * (part / 8))) & 0x0f;
    int high = (source[scales + 8 + part % 4] >> (2 * (part / 4))) & 3;
    return low | (high << 4);
  }

  private static int groupScale(byte[] source, int scales, int group) {
    if (group < 4) {
      return source[scales + group] & 0x3f;
    }
    return (source[scales + 4 + group] & 0x0f) | ((source[scales + group - 4] >> 2) & 0x30);
  }

  private static int groupMinimum(byte[] source, int scales, int group) {
    if (group < 4) {
      return source[scales + 4 + group] & 0x3f;
    }
    return ((source[scales + 4 + group] >> 4) & 0x0f) | ((source[scales + group] >> 2) & 0x30);
  }
}
