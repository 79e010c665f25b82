package org.trimtab.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.method.FitMeter;
import org.trimtab.method.HiddenStates;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.PromptContext;
import org.trimtab.testing.TinyModel;

/** Costs as they are measured on a model. */
class CostOfCellsTest {
  @TempDir private Path folder = Path.of("");

  private LanguageModel model() {
    Path path = TinyModel.write(folder);
    return LanguageModel.load("tiny", path, Device.cpu(), DataType.FLOAT32);
  }

  @Test
  void whatAnotherCellComputedCountsAsIfItWereComputedAgain() {
    try (LanguageModel model = model()) {
      List<String> texts = List.of("The sea is wet.", "The sea is dry.");
      int first = PromptTokens.of(model, texts.get(0), false).ids().length;
      HiddenStates states = new HiddenStates(model, List.of(1));
      FitMeter.Cost own = states.meter().measure(() -> states.of(texts, false)).cost();
      FitMeter.Cost again = states.meter().measure(() -> states.of(texts, false)).cost();
      FitMeter.Cost twice =
          states
              .meter()
              .measure(() -> states.of(texts, false).size() + states.of(texts, false).size())
              .cost();

      assertThat(own.tokens()).isGreaterThan(first);
      assertThat(again.tokens()).isEqualTo(own.tokens());
      assertThat(twice.tokens()).isEqualTo(2 * own.tokens());
      assertThat(again.nanos()).isPositive();
    }
  }

  @Test
  void aTokenOfTheUnmodifiedModelTakesAsLongAsItself() {
    try (LanguageModel model = model()) {
      GenerationTime time = new GenerationTimer(model).of(Intervention.NONE).orElseThrow();
      assertThat(time.seconds()).isPositive().isEqualTo(time.unmodified());
      assertThat(new GenerationTimer(model).of(new PromptContext("Q: a\nA: b\n"))).isPresent();
    }
  }

  @Test
  void aGenerationThatIsTooLongForTheModelIsNotMeasured() {
    try (LanguageModel model = model()) {
      int context = model.decoder().config().contextLength();
      Intervention longer = new PromptContext("Q: a\nA: b\n".repeat(context));
      assertThat(new GenerationTimer(model).of(longer)).isEmpty();
    }
  }
}
