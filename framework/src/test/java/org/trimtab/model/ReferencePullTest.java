package org.trimtab.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.ReferencePull;
import org.trimtab.model.intervene.ReferencePull.Mean;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.testing.TinyModel;

/** Reference pulls of rows that grow together against whole sequences computed alone. */
class ReferencePullTest {
  private static final int WIDTH = 32;
  private static final int STEPS = 10;

  @TempDir private Path folder = Path.of("");
  private LanguageModel model;
  private NDManager manager;

  @BeforeEach
  void load() {
    Path files = TinyModel.write(folder);
    model = LanguageModel.load("tiny", files, Device.cpu(), DataType.FLOAT32);
    manager = model.decoder().manager().newSubManager();
  }

  @AfterEach
  void close() {
    manager.close();
    model.close();
  }

  private ReferencePull pull(int index, Mean mean, Double... strengths) {
    CounterRandom random = CounterRandom.of(index, "reference");
    float[] values = new float[TinyModel.LAYERS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * random.normal(i));
    }
    NDArray reference = manager.create(values, new Shape(TinyModel.LAYERS, WIDTH));
    return new ReferencePull(reference, List.of(strengths), mean);
  }

  private int[] tokens(String text) {
    return model.tokenizer().encode(text, true);
  }

  /** Greedy continuation where every token runs the whole sequence, with its prompt marked. */
  private int[] whole(Generator.Prompt prompt) {
    int[] sequence = prompt.tokens();
    int end = sequence.length - 1;
    for (int step = 0; step < STEPS; step++) {
      Segment segment = Segment.sequence(sequence, end, null);
      try (NDManager scratch = manager.newSubManager();
          Pass pass = model.decoder().pass(scratch, List.of(segment), prompt.intervention())) {
        NDArray logits = model.decoder().logits(model.decoder().run(scratch, pass));
        int next = Math.toIntExact(logits.get(sequence.length - 1).argMax().getLong());
        sequence = Arrays.copyOf(sequence, sequence.length + 1);
        sequence[sequence.length - 1] = next;
      }
    }
    return Arrays.copyOfRange(sequence, end + 1, sequence.length);
  }

  private List<Generator.Prompt> rows(Mean mean) {
    List<Generator.Prompt> rows = new ArrayList<>();
    rows.add(new Generator.Prompt(tokens("The sea"), pull(1, mean, 0.3, 0.0, 0.2, 0.1)));
    rows.add(new Generator.Prompt(tokens("Q: Why is it?\nA:"), pull(2, mean, 0.0, 0.5, 0.5, 0.0)));
    rows.add(new Generator.Prompt(tokens("bcd bcd"), Intervention.NONE));
    rows.add(new Generator.Prompt(tokens("The sea"), pull(3, mean, 0.4, 0.4, 0.4, 0.4)));
    return rows;
  }

  @Test
  void rowsTogetherAreWhatWholeSequencesAreAlone() {
    for (Mean mean : Mean.values()) {
      List<Generator.Prompt> rows = rows(mean);
      List<int[]> together = new Generator(model.decoder()).greedy(rows, STEPS, Set.of());
      for (int i = 0; i < rows.size(); i++) {
        assertThat(together.get(i)).as(mean + ", row " + i).containsExactly(whole(rows.get(i)));
      }
      assertThat(together.get(0)).isNotEqualTo(together.get(3));
    }
  }

  @Test
  void rowsThatEndLeaveTheOthersAsTheyAre() {
    for (Mean mean : Mean.values()) {
      List<Generator.Prompt> rows = rows(mean);
      List<int[]> ended =
          new Generator(model.decoder())
              .generate(rows, STEPS, (row, generated) -> generated.length > 2 * row + 1);
      for (int i = 0; i < rows.size(); i++) {
        int[] expected = Arrays.copyOf(whole(rows.get(i)), Math.min(2 * i + 2, STEPS));
        assertThat(ended.get(i)).as(mean + ", row " + i).containsExactly(expected);
      }
    }
  }

  @Test
  void aStrengthOfZeroIsTheBaseline() {
    for (Mean mean : Mean.values()) {
      ReferencePull none = pull(4, mean, 0.0, 0.0, 0.0, 0.0);
      assertThat(none.lowestLayer()).isEqualTo(Integer.MAX_VALUE);
      Generator.Prompt zero = new Generator.Prompt(tokens("The sea"), none);
      Generator.Prompt plain = new Generator.Prompt(tokens("The sea"), Intervention.NONE);
      assertThat(new Generator(model.decoder()).greedy(List.of(zero), STEPS, Set.of()).get(0))
          .containsExactly(whole(plain));
    }
  }

  @Test
  void theTwoMeansAreDifferentFunctions() {
    Generator generator = new Generator(model.decoder());
    List<int[]> prompt = generator.greedy(rows(Mean.PROMPT), STEPS, Set.of());
    List<int[]> growing = generator.greedy(rows(Mean.GROWING), STEPS, Set.of());
    assertThat(prompt.get(3)).isNotEqualTo(growing.get(3));
    assertThat(prompt.get(3)[0])
        .as("the first token sees the prompt alone")
        .isEqualTo(growing.get(3)[0]);
  }
}
