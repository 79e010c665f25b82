package org.trimtab.run.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trimtab.evaluate.ItemResult;

class DeviationsTest {
  private final Deviations deviations = new Deviations();

  private static ItemResult result(String details, double score) throws Exception {
    JsonNode tree = new ObjectMapper().readTree(details);
    return new ItemResult(4, (ObjectNode) tree, Map.of("mc2", score));
  }

  @Test
  void equalBitsAreEqualAndTheLastBitIsADifference() throws Exception {
    deviations.item(4, result("{\"ll\": [-1.5, 0.1]}", 0.3), result("{\"ll\": [-1.5, 0.1]}", 0.3));
    assertThat(deviations.values()).isEqualTo(3);
    assertThat(deviations.differing()).isZero();
    deviations.item(4, result("{}", 0.3), result("{}", Math.nextUp(0.3)));
    assertThat(deviations.differing()).isEqualTo(1);
    assertThat(deviations.largest().get(0).place()).isEqualTo("scores.mc2");
  }

  @Test
  void sizesAreRelativeAboveOne() throws Exception {
    deviations.item(
        4,
        result("{\"mc1\": {\"ll\": [-200, -0.5]}}", 0),
        result("{\"mc1\": {\"ll\": [-201, -0.25]}}", 0));
    assertThat(deviations.largest())
        .extracting(Deviation::text)
        .containsExactly(
            "item 4 mc1.ll[1]: was -0.5, is -0.25, by 2.5e-01",
            "item 4 mc1.ll[0]: was -200.0, is -201.0, by 5.0e-03");
  }

  @Test
  void whatIsMissingOrNoNumberIsBeyondEveryTolerance() throws Exception {
    deviations.item(
        4, result("{\"text\": \"a\", \"ll\": [1]}", 0), result("{\"text\": \"b\", \"ll\": []}", 0));
    deviations.item(5, null, result("{}", 0));
    deviations.metrics(Map.of("mc1", 0.5), Map.of());
    assertThat(deviations.largest())
        .extracting(Deviation::text)
        .containsExactlyInAnyOrder(
            "item 4 text: was \"a\", is \"b\"",
            "item 4 ll[0]: was 1, is not there",
            "item 4 ll: was not there, is []",
            "item 5 result: was not there, is there",
            "metric mc1: was 0.5, is not there");
    assertThat(deviations.largest()).allMatch(each -> Double.isInfinite(each.size()));
  }

  @Test
  void theLargestAreKeptAndAllAreCounted() {
    for (int i = 1; i <= 100; i++) {
      deviations.metrics(Map.of("m" + i, 0.0), Map.of("m" + i, i / 1000.0));
    }
    assertThat(deviations.differing()).isEqualTo(100);
    assertThat(deviations.largest()).extracting(Deviation::place).startsWith("m100", "m99");
    assertThat(deviations.largest()).hasSize(10);
  }
}
