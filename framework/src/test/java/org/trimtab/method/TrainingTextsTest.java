package org.trimtab.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.testing.TinyModel;

/** Reading texts at one token or over all of them; the tiny model has a token for each byte. */
class TrainingTextsTest {
  private static LanguageModel model;

  @BeforeAll
  static void load(@TempDir Path folder) {
    model = LanguageModel.load("tiny", TinyModel.write(folder), Device.cpu(), DataType.FLOAT32);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void theMeanIsOverTheTextsOwnTokens() {
    // "user: " + text + "\nassistant:"
    Reading chat = Reading.of(model, "Rain?", true, Reading.Place.MEAN);
    assertThat(chat.from()).isEqualTo("user: ".length());
    assertThat(chat.to()).isEqualTo("user: Rain?".length());
    Reading plain = Reading.of(model, "Rain?", false, Reading.Place.MEAN);
    assertThat(plain.from()).isZero();
    assertThat(plain.to()).isEqualTo(5);
    Reading word = Reading.of(model, "user: ", true, Reading.Place.MEAN);
    assertThat(List.of(word.from(), word.to())).containsExactly(6, 12);
    assertThat(Reading.of(model, "Rain?", true, Reading.Place.LAST).from())
        .isEqualTo("user: Rain?\nassistant:".length() - 1);
  }

  @Test
  void aMeanIsThatOfTheStatesOfItsPositions() {
    int[] tokens = {72, 105, 33, 32, 79};
    Reading reading = new Reading(tokens, 1, 4);
    Reading sibling = new Reading(new int[] {72, 105, 34}, 0, 3);

    float[] mean = new HiddenStates(model, List.of(2)).of(List.of(reading, sibling)).get(0).get(2);

    try (NDManager scratch = model.decoder().manager().newSubManager();
        Pass pass = model.decoder().pass(scratch, List.of(Segment.of(tokens)), Intervention.NONE)) {
      NDArray hidden =
          model.decoder().blocks(scratch, pass, model.decoder().embed(scratch, pass), 0, 2, null);
      float[] expected = hidden.get("1:4").mean(new int[] {0}).toFloatArray();
      assertThat(mean).containsExactly(expected, within(1e-5f));
    }
  }

  @Test
  void aTextThatIsTooLongIsRefusedBeforeItIsRead() {
    assertThatThrownBy(() -> Reading.of(model, "x".repeat(5000), false, Reading.Place.LAST))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("4,096");
  }
}
