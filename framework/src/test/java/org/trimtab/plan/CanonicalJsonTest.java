package org.trimtab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.trimtab.plan.random.CounterRandom;

class CanonicalJsonTest {
  @Test
  void sortsKeysAndDropsWhiteSpace() throws Exception {
    String text =
        "{ \"b\" : [1, 2.50, true, null], \"a\\n\" : {\"z\":\"é\\u0001\\\"\", \"Z\":-0} }";

    assertThat(CanonicalJson.write(new ObjectMapper().readTree(text)))
        .isEqualTo("{\"a\\n\":{\"Z\":0,\"z\":\"é\\u0001\\\"\"},\"b\":[1,2.5,true,null]}");
  }

  @Test
  void numbersAreShortestAndReadBackExactly() throws Exception {
    assertThat(CanonicalJson.write(DoubleNode.valueOf(2.0e-3))).isEqualTo("0.002");
    assertThat(CanonicalJson.write(DoubleNode.valueOf(1))).isEqualTo("1.0");
    // Double.toString writes this one with superfluous digits before Java 19 (JDK-4511638).
    assertThat(CanonicalJson.write(DoubleNode.valueOf(Double.parseDouble("2e23"))))
        .isEqualTo("2.0E23");
    for (int i = 0; i < 2000; i++) {
      double value = Double.longBitsToDouble(CounterRandom.of(1, "doubles").bits(i));
      if (Double.isFinite(value)) {
        String text = CanonicalJson.write(DoubleNode.valueOf(value));
        assertThat(new ObjectMapper().readTree(text).doubleValue()).isEqualTo(value);
      }
    }
  }

  @Test
  void refusesWhatIsNotFinite() {
    assertThatThrownBy(() -> CanonicalJson.write(DoubleNode.valueOf(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hashesTheTextInUtf8() {
    // printf '"\303\251"' | sha256sum
    assertThat(CanonicalJson.sha256(TextNode.valueOf("é")))
        .isEqualTo("f2886017e9c7abacf804b54d64787dce2b611c9544ba21f3affdd126a6e50086");
    assertThat(CanonicalJson.write(TextNode.valueOf("\uD800"))).isEqualTo("\"\\ud800\"");
  }
}
