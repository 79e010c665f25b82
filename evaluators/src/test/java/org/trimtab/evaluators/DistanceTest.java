package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class DistanceTest {
  /** Values of scipy, by distances.py beside them. */
  private static final Path GOLDEN = Path.of("src/test/resources/fixtures/opinion/distances.json");

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static List<Double> list(double... values) {
    return DoubleStream.of(values).boxed().toList();
  }

  @Test
  void distancesAreThoseOfScipy() throws IOException {
    JsonNode cases = new ObjectMapper().readTree(GOLDEN.toFile()).get("cases");
    assertThat(cases).hasSizeGreaterThan(10);
    for (JsonNode each : cases) {
      double[] people = numbers(each.get("people"));
      double[] model = numbers(each.get("model"));
      double[] logs = Arrays.stream(model).map(Math::log).toArray();

      assertThat(Distance.wasserstein(list(numbers(each.get("scale"))), people, model))
          .isCloseTo(each.get("wasserstein").asDouble(), within(1e-12));
      assertThat(Distance.kullbackLeibler(people, logs))
          .isCloseTo(each.get("kl").asDouble(), within(1e-12));
    }
  }

  @Test
  void theLargestDistanceIsFromEndToEnd() {
    List<Double> scale = list(3, 1, 2);
    assertThat(Distance.largest(scale)).isEqualTo(2);
    assertThat(Distance.wasserstein(scale, new double[] {1, 0, 0}, new double[] {0, 1, 0}))
        .isEqualTo(2);
  }

  @Test
  void lettersAreRenormalisedEvenWhenTheyAreImprobable() {
    double[] logs = Distance.renormalised(new double[] {-1000, -1000 + Math.log(3)});
    assertThat(Math.exp(logs[0])).isCloseTo(0.25, within(1e-12));
    assertThat(Math.exp(logs[1])).isCloseTo(0.75, within(1e-12));
  }
}
