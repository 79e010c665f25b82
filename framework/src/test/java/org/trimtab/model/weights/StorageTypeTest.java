package org.trimtab.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.trimtab.UserException;

class StorageTypeTest {
  private final MappedWeights blocks =
      Safetensors.open(WeightFixtures.path("gguf/blocks.safetensors"));

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"F32", "F64", "I64", "I32", "I16", "I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2"})
  void decodesBitForBitAsTheGgufPackage(StorageType type) {
    int[] decoded = bits(type.decode(blocks.bytes(type + ".raw")));

    assertThat(decoded).isEqualTo(bits(blocks.floats(type + ".values")));
  }

  @Test
  void widensEveryHalfPrecisionNumberExactly() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = (bits >> 10) & 0x1f;
      double fraction = (bits & 0x3ff) / 1024.0;
      double magnitude =
          exponent == 0
              ? fraction * 0x1p-14
              : exponent == 31
                  ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                  : (1 + fraction) * Math.pow(2, exponent - 15);
      double expected = bits >= 1 << 15 ? -magnitude : magnitude;

      float widened = HalfFloat.half(new byte[] {(byte) bits, (byte) (bits >> 8)}, 0);

      assertThat(Double.valueOf(widened)).as("bits %x", bits).isEqualTo(Double.valueOf(expected));
    }
  }

  @Test
  void readsNumbersThatAreStoredOneByOne() {
    assertThat(StorageType.F64.decode(new byte[] {0, 0, 0, 0, 0, 0, (byte) 0xf0, 0x3f}))
        .containsExactly(1f);
    assertThat(StorageType.I64.decode(new byte[] {-2, -1, -1, -1, -1, -1, -1, -1}))
        .containsExactly(-2f);
    assertThat(StorageType.I32.decode(new byte[] {1, 1, 0, 0})).containsExactly(257f);
    assertThat(StorageType.I16.decode(new byte[] {-1, -1})).containsExactly(-1f);
    assertThat(StorageType.I8.decode(new byte[] {-1})).containsExactly(-1f);
    assertThat(StorageType.U8.decode(new byte[] {-1})).containsExactly(255f);
    assertThat(StorageType.BOOL.decode(new byte[] {1, 0})).containsExactly(1f, 0f);
  }

  /** As torch 2.13 widens float8_e4m3fn and float8_e5m2. */
  @Test
  void widensEightBitFloats() {
    byte[] raw = {0, 1, 7, 8, 0x38, 0x3c, 0x7e, (byte) 0xb8, 0x7f};
    assertThat(StorageType.F8_E4M3.decode(raw))
        .containsExactly(0, 0x1p-9f, 7 * 0x1p-9f, 0x1p-6f, 1, 1.5f, 448, -1, Float.NaN);
    assertThat(StorageType.F8_E5M2.decode(new byte[] {0, 1, 0x3c, 0x3e, 0x7b, (byte) 0xbc, 0x7c}))
        .containsExactly(0, 0x1p-16f, 1, 1.5f, 57344, -1, Float.POSITIVE_INFINITY);
  }

  @Test
  void refusesPartsOfBlocks() {
    assertThatThrownBy(() -> StorageType.Q4_K.decode(new byte[145]))
        .isInstanceOf(UserException.class)
        .hasMessage("Q4_K blocks have 144 bytes each; found 145 bytes");
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
