package org.trimtab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.trimtab.UserException;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Metric.Direction;
import org.trimtab.spec.Metric.Scale;

class MetricsTest {
  private record NoSettings() implements EvaluationSettings {
    @Override
    public DatasetName dataset() {
      return DatasetName.parse("text");
    }

    @Override
    public Optional<ItemSet> scored() {
      return Optional.empty();
    }

    @Override
    public NoSettings resolved(int available, OptionalInt limit) {
      return this;
    }
  }

  /** An evaluator whose own part is one metric of some name. */
  private record Reader(String own) implements Evaluator<NoSettings> {
    @Override
    public String name() {
      return "reader";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public String metricPrefix() {
      return "text";
    }

    @Override
    public Class<NoSettings> settings() {
      return NoSettings.class;
    }

    @Override
    public Measurement measurement() {
      return new Measurement(
          List.of(
              Metric.mean("found", Scale.SHARE, Direction.HIGHER, "Words found.").asMain(),
              Metric.mean("rare", Scale.SHARE, Direction.HIGHER, "Rare words found."),
              Metric.perplexity("perplexity", "Of the text."),
              Metric.custom("words", Scale.NUMBER, Direction.NEITHER, "Words of the text.")),
          ItemRoles.ofText("loss", "length"));
    }

    @Override
    public Evaluation prepare(NoSettings settings, EvaluationContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Double> custom(List<ItemResult> results) {
      return Map.of(own, 5.0);
    }
  }

  private static final List<ItemResult> RESULTS =
      List.of(
          item(0, 2, 1, Map.of("found", 1.0, "rare", 1.0)), item(1, 4, 3, Map.of("found", 0.0)));

  private static ItemResult item(int item, double loss, int length, Map<String, Double> scores) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    return new ItemResult(item, details.put("loss", loss).put("length", length), scores);
  }

  @Test
  void metricsFollowFromItemsAsTheyAreDeclared() {
    assertThat(Metrics.of(new Reader("words"), RESULTS))
        .isEqualTo(Map.of("found", 0.5, "perplexity", Math.exp(1.5), "words", 5.0));
  }

  @Test
  void aMetricThatIsNotDeclaredIsRefused() {
    assertThatThrownBy(() -> Metrics.of(new Reader("letters"), RESULTS))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "evaluator reader computes 'letters', which it does not declare as a custom metric");
  }
}
