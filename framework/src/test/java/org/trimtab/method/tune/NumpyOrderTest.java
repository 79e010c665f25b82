package org.trimtab.method.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.trimtab.plan.random.CounterRandom;

/** Against numpy 2.4.6 on a processor with AVX-512. */
class NumpyOrderTest {
  @Test
  void equalValuesComeAsInNumpy() {
    assertThat(NumpyOrder.of(new double[] {2, 1, 2, 1, 2, 0, 1, 2, 2, 1}))
        .containsExactly(5, 1, 6, 3, 9, 2, 4, 0, 7, 8);
    assertThat(Arrays.hashCode(NumpyOrder.of(remainders(300, 7)))).isEqualTo(-1217956405);
    assertThat(Arrays.hashCode(NumpyOrder.of(remainders(2000, 100)))).isEqualTo(-1753521151);
  }

  @Test
  void everyLengthIsSorted() {
    CounterRandom random = CounterRandom.of(0, "lengths");
    for (int length = 0; length < 700; length += 13) {
      CounterRandom draws = random.at(length);
      double[] values = new double[length];
      Arrays.setAll(values, i -> draws.below(9, i) - 4.5);
      int[] order = NumpyOrder.of(values);
      assertThat(Arrays.stream(order).mapToDouble(i -> values[i]).toArray()).isSorted();
      assertThat(Arrays.stream(order).distinct().count()).isEqualTo(length);
    }
  }

  @Test
  void valuesThatDifferInTheLastBitAreTold() {
    double[] values = {0.1, Math.nextDown(0.1), Math.nextUp(0.1), -0.1};
    assertThat(NumpyOrder.of(values)).containsExactly(3, 1, 0, 2);
  }

  @Test
  void valuesThatLieUnevenlyAreSorted() {
    double[] widths = {1e-310, 1, Double.MAX_VALUE};
    for (double width : widths) {
      double[] values = new double[200];
      Arrays.setAll(values, i -> width * Math.pow(0.9, i * 77 % 200) * (i % 2 == 0 ? 1 : -1));
      int[] order = NumpyOrder.of(values);
      assertThat(Arrays.stream(order).mapToDouble(i -> values[i]).toArray()).isSorted();
      assertThat(Arrays.stream(order).distinct().count()).isEqualTo(200);
    }
  }

  /** i * i modulo a number: many equal values, in no order. */
  private static double[] remainders(int length, int modulus) {
    double[] values = new double[length];
    Arrays.setAll(values, i -> (double) ((long) i * i % modulus));
    return values;
  }
}
