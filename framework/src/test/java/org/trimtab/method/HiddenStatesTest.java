package org.trimtab.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.model.LanguageModel;
import org.trimtab.testing.TinyModel;

class HiddenStatesTest {
  @TempDir Path folder;

  @Test
  void linesThatShareAStartHaveTheStatesThatTheyHaveAlone() {
    Path path = TinyModel.write(folder);
    try (LanguageModel model = LanguageModel.load("tiny", path, Device.cpu(), DataType.FLOAT32)) {
      List<Integer> indices = List.of(0, 2, TinyModel.LAYERS);
      List<String> lines = List.of("Why? | because", "Why? | no reason at all");
      List<Map<Integer, float[]>> together = new HiddenStates(model, indices).of(lines, true);
      for (int line = 0; line < lines.size(); line++) {
        Map<Integer, float[]> alone =
            new HiddenStates(model, indices).of(List.of(lines.get(line)), true).get(0);
        for (int index : indices) {
          assertThat(together.get(line).get(index))
              .containsExactly(alone.get(index), within(1e-5f));
        }
      }
    }
  }
}
