package org.trimtab.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rounding to half precision. */
class HalfFloatTest {
  private static float widened(short half) {
    return HalfFloat.half(new byte[] {(byte) half, (byte) (half >> 8)}, 0);
  }

  @Test
  void everyHalfIsItself() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = widened((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(HalfFloat.round(value)).isEqualTo((short) bits);
      }
    }
    assertThat(widened(HalfFloat.round(Float.NaN))).isNaN();
  }

  @Test
  void tiesGoToEvenAndNeighboursToTheNearest() {
    for (int bits = 0; bits < 0x7c00 - 1; bits++) {
      float low = widened((short) bits);
      float high = widened((short) (bits + 1));
      float middle = (float) (((double) low + high) / 2);
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertThat(HalfFloat.round(middle)).isEqualTo((short) even);
      assertThat(HalfFloat.round(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
      assertThat(HalfFloat.round(-Math.nextDown(middle))).isEqualTo((short) (0x8000 | bits));
    }
  }

  @Test
  void whatIsTooLargeIsInfinite() {
    assertThat(HalfFloat.round(65519.996f)).isEqualTo((short) 0x7bff);
    assertThat(HalfFloat.round(65520)).isEqualTo((short) 0x7c00);
    assertThat(HalfFloat.round(-Float.MAX_VALUE)).isEqualTo((short) 0xfc00);
  }

  @Test
  void bfloat16IsRoundedToTheNearestAndTiesToEven() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfFloat.brain((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(HalfFloat.roundBrain(value)).isEqualTo((short) bits);
      }
    }
    assertThat(HalfFloat.roundBrain(Float.intBitsToFloat(0x3f80_8000))).isEqualTo((short) 0x3f80);
    assertThat(HalfFloat.roundBrain(Float.intBitsToFloat(0x3f81_8000))).isEqualTo((short) 0x3f82);
    assertThat(HalfFloat.roundBrain(Float.intBitsToFloat(0x3f80_8001))).isEqualTo((short) 0x3f81);
    assertThat(HalfFloat.roundBrain(Float.intBitsToFloat(0xffff_ffff))).isEqualTo((short) 0x7fc0);
  }
}
