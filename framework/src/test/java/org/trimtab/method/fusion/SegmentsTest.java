package org.trimtab.method.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trimtab.UserException;

class SegmentsTest {
  private static String resolved(String text, int layers) {
    return Segments.parse(text).resolve(layers).toString();
  }

  @Test
  void thirdsAreThoseOfThePaperAndOfTheReference() {
    assertThat(resolved("thirds", 26)).isEqualTo("0-8 / 9-17 / 18-25");
    assertThat(resolved("thirds", 30)).isEqualTo("0-9 / 10-19 / 20-29");
    assertThat(resolved("full", 26)).isEqualTo("0-25");
  }

  @Test
  void anySplitMayLeaveLayersOut() {
    assertThat(resolved("first 2/ 4-5 /last 25%", 8)).isEqualTo("0-1 / 4-5 / 6-7");
  }

  @Test
  void segmentsThatShareALayerAreRefused() {
    assertThatThrownBy(() -> resolved("0-4 / 4-7", 8))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("share no layer");
    assertThatThrownBy(() -> resolved("thirds", 2)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Segments.parse("halves")).isInstanceOf(UserException.class);
  }
}
