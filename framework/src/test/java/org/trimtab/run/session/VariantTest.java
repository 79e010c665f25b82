package org.trimtab.run.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class VariantTest {
  private static final OptionalInt ALL = OptionalInt.empty();

  @Test
  void limitAndValuesAreReadInTheNameOfTheFolder() {
    assertThat(Variant.of(List.of(), ALL)).isEmpty();
    assertThat(Variant.of(List.of(), OptionalInt.of(6))).isEqualTo("@limit=6");
    assertThat(Variant.of(List.of("seed=1"), OptionalInt.of(6))).isEqualTo("@limit=6,seed=1");
  }

  @Test
  void theUserMayNameTheFolder() {
    assertThat(Variant.of(List.of("seed=1", "name=mine"), ALL)).isEmpty();
    assertThat(Variant.of(List.of("name=mine"), OptionalInt.of(6))).isEqualTo("@limit=6");
  }

  @Test
  void whatNoFileNameHoldsIsCutAndToldApartByAHash() {
    String folder = Variant.of(List.of("model=results/world-model"), ALL);
    assertThat(folder).matches("@model=results-world-model~[0-9a-f]{8}");
    assertThat(Variant.of(List.of("model=results-world/model"), ALL)).isNotEqualTo(folder);
    String long1 =
        Variant.of(List.of("evaluate.truthfulqa-mc.items=" + "1,".repeat(200) + "7"), ALL);
    assertThat(long1)
        .hasSizeLessThan(70)
        .isNotEqualTo(
            Variant.of(List.of("evaluate.truthfulqa-mc.items=" + "1,".repeat(200) + "8"), ALL));
    assertThat(Variant.in("tiny" + folder)).isEqualTo(folder);
    assertThat(Variant.in("tiny")).isEmpty();
  }
}
