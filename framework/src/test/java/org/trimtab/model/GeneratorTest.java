package org.trimtab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.model.Generator.TokenChoice;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.model.intervene.Rows;
import org.trimtab.testing.TinyModel;

class GeneratorTest {
  private static final List<String> TEXTS =
      List.of("a", "The sea is wet because", "Q: Why?\nA:", "bcd bcd bcd bcd bcd bcd bcd");

  @TempDir static Path folder;
  private static LanguageModel model;

  @BeforeAll
  static void load() {
    Path files = TinyModel.write(folder);
    model = LanguageModel.load("tiny", files, Device.cpu(), DataType.FLOAT32);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** Adds a constant to the residual stream after block 1. */
  private record Shift(float amount, boolean positionWise) implements Intervention {
    @Override
    public int lowestLayer() {
      return 1;
    }

    @Override
    public NDArray blockOutput(int layer, NDArray hidden, Rows rows) {
      NDArray half = hidden.get(":, 0:16").mul(amount);
      return layer == 1 ? half.concat(hidden.get(":, 16:"), -1) : hidden;
    }
  }

  private static int[] tokens(String text) {
    return model.tokenizer().encode(text, true);
  }

  private static List<Generator.Prompt> mixture() {
    Sampling sampling = new Sampling(1, 0.95, 0);
    List<Generator.Prompt> prompts = new ArrayList<>();
    for (int item = 0; item < TEXTS.size(); item++) {
      int[] ids = tokens(TEXTS.get(item));
      prompts.add(new Generator.Prompt(ids, Intervention.NONE));
      prompts.add(new Generator.Prompt(ids, new Shift(3, true)));
      prompts.add(new Generator.Prompt(ids, new Shift(-2, false)));
      for (int sample = 0; sample < 2; sample++) {
        TokenChoice choice = sampling.choice(0, item, sample);
        prompts.add(new Generator.Prompt(ids, Intervention.NONE, choice));
        prompts.add(new Generator.Prompt(ids, new Shift(3, true), choice));
      }
    }
    return prompts;
  }

  @Test
  void aRowInABatchIsWhatItIsAlone() {
    TextGenerator generator = new TextGenerator(model);
    Decoding decoding = new Decoding(12, List.of());
    List<Generator.Prompt> prompts = mixture();
    List<TextGenerator.Continuation> together = generator.generate(prompts, decoding);
    for (int i = 0; i < prompts.size(); i++) {
      TextGenerator.Continuation alone =
          generator.generate(List.of(prompts.get(i)), decoding).get(0);
      assertThat(together.get(i).tokens()).as("row " + i).containsExactly(alone.tokens());
      assertThat(together.get(i).text()).isEqualTo(alone.text());
    }
    List<List<Integer>> distinct =
        together.stream()
            .map(row -> Arrays.stream(row.tokens()).boxed().toList())
            .distinct()
            .toList();
    assertThat(distinct).as("rows that differ in what they are given").hasSizeGreaterThan(20);
  }

  private static float[][] logits(Generator.Run run, List<float[]> seen) {
    while (run.step()) {}
    return seen.toArray(float[][]::new);
  }

  private static Generator.Completion watching(List<float[]> seen) {
    return new Generator.Completion() {
      @Override
      public void logits(int step, List<Integer> open, NDArray logits) {
        seen.add(logits.toFloatArray());
      }

      @Override
      public boolean test(int row, int[] generated) {
        return false;
      }
    };
  }

  @Test
  void aRunThatGoesOnFromAnotherIsTheSameAsAFreshOne() {
    Generator generator = new Generator(model.decoder());
    float[] vector = new float[32];
    Arrays.fill(vector, 2);
    try (NDArray delta = model.decoder().manager().create(vector)) {
      List<Intervention> interventions =
          List.of(
              Intervention.NONE,
              new Shift(3, true),
              new Shift(-2, false),
              new PromptEndDelta(1, PromptEndDelta.Site.BLOCK_OUTPUT, delta));
      for (Intervention intervention : interventions) {
        String before = "";
        Generator.Run run = null;
        for (String more : List.of("Q: Why?\nA:", " so.\nQ: Who?\nA:", "B", "Q: Why?")) {
          String text = more.startsWith("Q") ? more : before + more;
          before = text;
          Generator.Prompt prompt = new Generator.Prompt(tokens(text), intervention);
          List<float[]> seen = new ArrayList<>();
          run =
              run == null
                  ? generator.begin(List.of(prompt), 6, watching(seen))
                  : run.next(prompt, 6, watching(seen));
          float[][] found = logits(run, seen);
          List<float[]> fresh = new ArrayList<>();
          List<int[]> expected = generator.generate(List.of(prompt), 6, watching(fresh));
          assertThat(run.continuations().get(0)).as(text).containsExactly(expected.get(0));
          assertThat(found).hasNumberOfRows(6);
          for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).containsExactly(fresh.get(i), within(1e-4f));
          }
        }
        Objects.requireNonNull(run).close();
      }
    }
  }

  @Test
  void greedyAsAChoiceIsGreedyOnTheDevice() {
    List<Generator.Prompt> device = new ArrayList<>();
    List<Generator.Prompt> own = new ArrayList<>();
    for (String text : TEXTS) {
      device.add(new Generator.Prompt(tokens(text), Intervention.NONE));
      TokenChoice choice = (logits, position) -> TokenChoice.GREEDY.choose(logits, position);
      own.add(new Generator.Prompt(tokens(text), Intervention.NONE, choice));
    }
    Generator generator = new Generator(model.decoder());
    List<int[]> expected = generator.greedy(device, 8, Set.of());
    List<int[]> found = generator.greedy(own, 8, Set.of());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).hasSize(8).containsExactly(expected.get(i));
    }
  }

  @Test
  void anEndTokenEndsARowAndIsNotPartOfIt() {
    Generator generator = new Generator(model.decoder());
    List<Generator.Prompt> prompts =
        TEXTS.stream().map(t -> new Generator.Prompt(tokens(t), Intervention.NONE)).toList();
    List<int[]> free = generator.greedy(prompts, 8, Set.of());
    int end = free.get(1)[3];
    int[] ended = generator.greedy(prompts, 8, Set.of(end)).get(1);
    int first = 0;
    while (free.get(1)[first] != end) {
      first++;
    }
    assertThat(ended).containsExactly(Arrays.copyOf(free.get(1), first));
  }

  @Test
  void aStopTextEndsARowWhereverItsTokensBegin() {
    int[] script = "One.\n\nTwo. Three".chars().toArray();
    // One token a byte: the stop text lies over as many tokens as it has letters.
    int[] ids = new int[script.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = model.tokenizer().encode(Character.toString(script[i]), false)[0];
    }
    List<Generator.Prompt> prompts =
        List.of(
            new Generator.Prompt(tokens("a"), Intervention.NONE, (logits, at) -> ids[at]),
            new Generator.Prompt(tokens("bcd"), Intervention.NONE, (logits, at) -> ids[at + 6]));
    List<TextGenerator.Continuation> rows =
        new TextGenerator(model).generate(prompts, new Decoding(11, List.of("\n\n", "Thr")));
    assertThat(rows.get(0).text()).isEqualTo("One.");
    assertThat(rows.get(0).tokens()).hasSize(6);
    assertThat(rows.get(0).ending()).isEqualTo(TextGenerator.Ending.STOP);
    assertThat(rows.get(1).text()).isEqualTo("Two. ");
    assertThat(rows.get(1).ending()).isEqualTo(TextGenerator.Ending.STOP);
  }

  @Test
  void theModelsEndAndTheLimitAreTold() {
    int end = model.tokenizer().ends().iterator().next();
    List<Generator.Prompt> prompts =
        List.of(
            new Generator.Prompt(tokens("a"), Intervention.NONE, (logits, at) -> at < 2 ? 70 : end),
            new Generator.Prompt(tokens("a"), Intervention.NONE, (logits, at) -> 70));
    List<TextGenerator.Continuation> rows =
        new TextGenerator(model).generate(prompts, new Decoding(5, List.of()));
    assertThat(rows.get(0).tokens()).containsExactly(70, 70);
    assertThat(rows.get(0).ending()).isEqualTo(TextGenerator.Ending.END);
    assertThat(rows.get(1).tokens()).hasSize(5);
    assertThat(rows.get(1).ending()).isEqualTo(TextGenerator.Ending.LIMIT);
  }

  @Test
  void logitsThatAreNotFiniteEndTheGeneration() {
    List<Generator.Prompt> prompts =
        List.of(
            new Generator.Prompt(tokens("a"), Intervention.NONE),
            new Generator.Prompt(tokens("bcd"), new Shift(Float.NaN, true)));
    NonFiniteLogitsException end =
        catchThrowableOfType(
            NonFiniteLogitsException.class,
            () -> new Generator(model.decoder()).greedy(prompts, 4, Set.of()));
    assertThat(end.prompt()).isEqualTo(1);
    assertThat(end.tokens()).containsExactly(tokens("bcd"));
  }

  @Test
  void samplesComeAsOftenAsTheirProbabilitiesSay() {
    float[] logits = {0, (float) Math.log(2), (float) Math.log(5), (float) Math.log(2), -100};
    double[] all = frequencies(new Sampling(1, 1, 0), logits);
    double[] expected = {0.1, 0.2, 0.5, 0.2, 0};
    assertThat(all).containsExactly(expected, within(0.015));
    double[] cold = frequencies(new Sampling(0.5, 1, 0), logits);
    assertThat(cold)
        .containsExactly(new double[] {1 / 34., 4 / 34., 25 / 34., 4 / 34., 0}, within(0.015));
    double[] two = frequencies(new Sampling(1, 1, 2), logits);
    assertThat(two).containsExactly(new double[] {0, 2 / 7., 5 / 7., 0, 0}, within(0.015));
    double[] nucleus = frequencies(new Sampling(1, 0.85, 0), logits);
    assertThat(nucleus).containsExactly(new double[] {0, 2 / 9., 5 / 9., 2 / 9., 0}, within(0.015));
    assertThat(frequencies(new Sampling(1, 0.3, 0), logits)[2]).isEqualTo(1);
  }

  @Test
  void theMostProbableTokensAreKeptWhateverTheirSign() {
    float[] logits = {-1, 3, -0.5f, 3, 0, -7, -0.25f};
    assertThat(frequencies(new Sampling(1, 1, 1), logits)[1]).as("lowest id first").isEqualTo(1);
    double[] four = frequencies(new Sampling(1, 1, 4), logits);
    double sum = 2 * Math.exp(3) + 1 + Math.exp(-0.25);
    double[] expected = {0, Math.exp(3) / sum, 0, Math.exp(3) / sum, 1 / sum, 0, 0};
    expected[6] = Math.exp(-0.25) / sum;
    assertThat(four).containsExactly(expected, within(0.015));
  }

  /** 10,000 draws have a standard error of at most 0.005. */
  private static double[] frequencies(Sampling sampling, float[] logits) {
    double[] counts = new double[logits.length];
    for (int sample = 0; sample < 100; sample++) {
      TokenChoice choice = sampling.choice(7, 3, sample);
      for (int position = 0; position < 100; position++) {
        counts[choice.choose(logits, position)] += 1e-4;
      }
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Math.round(counts[i] * 1e4) / 1e4;
    }
    return counts;
  }

  @Test
  void settingsThatAreNoDistributionAreRefused() {
    assertThatThrownBy(() -> new Sampling(0, 1, 0)).hasMessageContaining("temperature 0");
    assertThatThrownBy(() -> new Sampling(1, 1.5, 0)).hasMessageContaining("top_p 1.5");
    assertThatThrownBy(() -> new Sampling(1, 1, -1)).hasMessageContaining("top_k -1");
    assertThatThrownBy(() -> new Decoding(0, List.of())).hasMessageContaining("max_new_tokens 0");
    assertThatThrownBy(() -> new Decoding(1, List.of(""))).hasMessageContaining("empty stop");
  }
}
