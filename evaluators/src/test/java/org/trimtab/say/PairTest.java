package org.trimtab.say;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.Sampling;
import org.trimtab.model.TextGenerator;
import org.trimtab.model.TextGenerator.Continuation;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.run.Workbench;
import org.trimtab.run.session.Session;
import org.trimtab.say.Speech.Reply;

/** What the embedded model says under every kind of method. */
@SuppressWarnings("NullAway.Init")
class PairTest {
  private static final Set<Side> BOTH = EnumSet.allOf(Side.class);
  private static final String PROMPT = "When do people eat black bread?";
  private static final Decoding DECODING = new Decoding(16, List.of("\n"));
  private static final Sampling SAMPLING = new Sampling(1.5, 0.95, 0);

  private static final String SPEC =
      """
      name: voices
      question: What does it say?
      model: world
      methods:
        baseline: {}
        directional-edit:
          evaluate: truthfulqa-mc
          train: {dataset: world-truth, items: 0-29}
          direction: {hidden_state: 4, lines: answers}
          layers: last 50%
          factor: [-2, 0, 1]
        per-layer:
          method: directional-edit
          evaluate: truthfulqa-mc
          train: {dataset: world-truth, items: 0-9}
          direction: {source: per-layer, lines: answers}
          layers: 1-2
          factor: -3
        learned-delta:
          evaluate: truthfulqa-mc
          train: {dataset: world-truth, items: 0-9}
          layers: 1
          lambda1: 0
          lambda2: 0
          steps: 3
          factor: 4
        mean-difference: {evaluate: truthfulqa-mc, train: {dataset: world-truth, items: 0-9}, layers: 1, factor: 3}
        bias-tuning: {evaluate: truthfulqa-mc, train: {dataset: world-truth, items: 0-9}, steps: 3, rate: 0.02}
        few-shot: {evaluate: world-opposites, train: {dataset: world-opposites, items: 0-9}, shots: 3}
        fusion: {evaluate: simpleqa, strength: 0.0..0.5, tuner: random, trials: 2}
      evaluate:
        truthfulqa-mc: {dataset: world-truth, items: 100-110, primer: false}
        world-opposites: {evaluator: exact-match, dataset: world-opposites, items: 10-20}
        simpleqa: {dataset: world-questions, items: 0-2, max_new_tokens: 4}
      """;

  @TempDir static Path folder;
  private static Session session;

  @BeforeAll
  static void open() throws IOException {
    Path file = Files.writeString(folder.resolve("voices.yaml"), SPEC);
    session =
        Session.open(
            new Session.Request(file, List.of(), OptionalInt.empty(), Optional.empty()),
            SourceSettings.of(Map.of("TRIMTAB_CACHE", folder.resolve("cache").toString()), folder),
            folder,
            Progress.NONE);
  }

  private static Pair.Asked asked(boolean plain, @Nullable Sampling sampling) {
    return new Pair.Asked(plain, sampling, 3, DECODING, Optional.empty(), Optional.empty());
  }

  private static Pair pair(String method, Pair.Asked asked) {
    return Pair.open(session, cell(method), asked, FitWatcher.NONE);
  }

  /** The cell of a method, with a factor where there are several. */
  private static Cell cell(String method) {
    String[] words = method.split(" ");
    return session.plan().cells().stream()
        .filter(cell -> cell.key().equals(words[0]))
        .filter(
            cell ->
                words.length == 1
                    || cell.settings().path("factor").asDouble() == Double.parseDouble(words[1]))
        .findFirst()
        .orElseThrow();
  }

  private static Said say(Pair pair, String prompt) {
    pair.fit(prompt, BOTH);
    return pair.say(prompt, BOTH, Listener.NONE, () -> false);
  }

  private static Reply reply(@Nullable Reply reply) {
    return Objects.requireNonNull(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline",
        "directional-edit -2",
        "per-layer",
        "learned-delta",
        "mean-difference",
        "bias-tuning",
        "few-shot"
      })
  void repliesAreWhatEvaluatorsGenerate(String method) {
    for (boolean plain : new boolean[] {false, true}) {
      for (Sampling sampling : new @Nullable Sampling[] {null, SAMPLING}) {
        Said said;
        try (Pair pair = pair(method, asked(plain, sampling))) {
          said = say(pair, PROMPT);
        }
        try (Workbench workbench = session.workbench(session.loaded())) {
          LanguageModel model = session.loaded();
          Intervention fitted = workbench.fit(cell(method), FitWatcher.NONE).intervention();
          assertReply(reply(said.baseline()), model, Intervention.NONE, plain, sampling);
          assertReply(reply(said.edited()), model, fitted, plain, sampling);
          model.close();
        }
      }
    }
  }

  private static void assertReply(
      Reply reply,
      LanguageModel model,
      Intervention intervention,
      boolean plain,
      @Nullable Sampling sampling) {
    int[] ids = PromptTokens.of(model, intervention.context() + PROMPT, !plain).ids();
    Generator.TokenChoice choice =
        sampling == null ? Generator.TokenChoice.GREEDY : sampling.choice(3, 0, 0);
    Continuation expected =
        new TextGenerator(model)
            .generate(List.of(new Generator.Prompt(ids, intervention, choice)), DECODING)
            .get(0);
    assertThat(reply.text()).isEqualTo(expected.text());
    assertThat(reply.tokens()).startsWith(expected.tokens());
    assertThat(String.join("", reply.pieces())).isEqualTo(reply.text());
  }

  @Test
  void strengthZeroSaysTheSameWithoutAnyDivergence() {
    for (Sampling sampling : new @Nullable Sampling[] {null, SAMPLING}) {
      try (Pair pair = pair("directional-edit -2", asked(false, sampling))) {
        assertThat(Arrays.stream(say(pair, PROMPT).divergences()).max().orElse(0))
            .isGreaterThan(0.01);
        pair.reset();
        pair.strength("0");
        for (String prompt : List.of(PROMPT, "And births?", "What is ice made of?")) {
          Said said = say(pair, prompt);
          assertThat(reply(said.edited()).tokens())
              .containsExactly(reply(said.baseline()).tokens());
          assertThat(said.divergences()).isNotEmpty().containsOnly(0);
          assertThat(said.firstDifference()).isEmpty();
        }
      }
    }
  }

  @Test
  void anotherStrengthIsThatOfTheCellThatHasIt() {
    Said fitted;
    try (Pair pair = pair("directional-edit 1", asked(false, null))) {
      fitted = say(pair, PROMPT);
    }
    try (Pair pair = pair("directional-edit -2", asked(false, null))) {
      pair.strength("1");
      Said adjusted = say(pair, PROMPT);
      assertThat(adjusted.divergences()).containsExactly(fitted.divergences());
      assertThat(reply(adjusted.edited()).tokens())
          .containsExactly(reply(fitted.edited()).tokens());
      pair.layers("all");
    }
  }

  @Test
  void deltasAndBiasesScaleAndTheirBlocksStay() {
    for (String method : List.of("learned-delta", "mean-difference", "bias-tuning")) {
      try (Pair pair = pair(method, asked(false, null))) {
        pair.strength("0");
        assertThat(say(pair, PROMPT).divergences()).containsOnly(0);
        assertThatThrownBy(() -> pair.layers("0"))
            .isInstanceOf(UsageException.class)
            .hasMessageContaining(method)
            .hasMessageContaining("acts where it was learned");
      }
    }
  }

  @Test
  void whatHasNoStrengthSaysSo() {
    for (String method : List.of("baseline", "few-shot")) {
      try (Pair pair = pair(method, asked(false, null))) {
        assertThatThrownBy(() -> pair.strength("2"))
            .isInstanceOf(UsageException.class)
            .hasMessage("strength: " + method + " has none that can be changed after its fit");
      }
    }
  }

  @Test
  void directionsPerLayerStayWithinTheirBlocks() {
    try (Pair pair = pair("per-layer", asked(false, null))) {
      pair.layers("2");
      assertThatThrownBy(() -> pair.layers("all"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("directions were read for blocks 1-2 only");
      assertThatThrownBy(() -> pair.layers("9"))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("the model has layers 0-3");
      assertThatThrownBy(() -> pair.strength("NaN")).isInstanceOf(UsageException.class);
      assertThat(pair.edit()).isEqualTo("strength -3, layers 2");
    }
  }

  @Test
  void whatAnswersByTrialsPerQuestionIsRefused() {
    assertThatThrownBy(() -> pair("fusion", asked(false, null)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("fusion")
        .hasMessageContaining("a prompt of yours has none");
  }

  @Test
  void eachSideRemembersWhatItSaidItself() {
    try (Pair pair = pair("directional-edit -2", asked(true, null))) {
      Said first = say(pair, "Q: When do people eat black bread?\nA:");
      Said second = say(pair, "Q: What is ice made of?\nA:");
      LanguageModel model = session.loaded();
      String told =
          "Q: When do people eat black bread?\nA:"
              + reply(first.baseline()).text()
              + "\nQ: What is ice made of?\nA:";
      int[] ids = model.tokenizer().encode(told, true);
      Continuation expected =
          new TextGenerator(model)
              .generate(List.of(new Generator.Prompt(ids, Intervention.NONE)), DECODING)
              .get(0);
      assertThat(reply(second.baseline()).text()).isEqualTo(expected.text());
      assertThat(reply(first.edited()).text()).isNotEqualTo(reply(first.baseline()).text());
      model.close();
    }
  }

  @Test
  void oldTurnsMakeRoomAndAPromptBeyondTheContextIsRefused() {
    try (Pair pair = pair("directional-edit -2", asked(true, null))) {
      String filler = "the bread ".repeat(60);
      int dropped = 0;
      for (int turn = 0; turn < 12; turn++) {
        dropped += pair.fit(filler, BOTH).getOrDefault(Side.EDITED, 0);
        pair.say(filler, BOTH, Listener.NONE, () -> false);
      }
      assertThat(dropped).isPositive();
      assertThatThrownBy(() -> say(pair, "bread ".repeat(2000)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("the model's context of 1,024");
      assertThat(say(pair, PROMPT).divergences()).isNotEmpty();
    }
  }

  @Test
  void aStopEndsWithWhatWasSaid() {
    try (Pair pair = pair("directional-edit -2", asked(false, null))) {
      int[] polls = {0};
      Said said = pair.say(PROMPT, BOTH, Listener.NONE, () -> ++polls[0] > 5);
      assertThat(reply(said.baseline()).ending()).isEqualTo("interrupted");
      assertThat(reply(said.baseline()).text()).isEqualTo(" People eat black bread");
      assertThat(reply(said.edited()).tokens()).isEmpty();
      assertThat(said.divergences()).isEmpty();
    }
  }

  @Test
  void meanAndMaximumAreThoseOfTheTokens() {
    try (Pair pair = pair("directional-edit -2", asked(false, null))) {
      Said said = say(pair, PROMPT);
      double sum = 0;
      double max = 0;
      for (double each : said.divergences()) {
        sum += each;
        max = Math.max(max, each);
      }
      assertThat(said.mean().orElseThrow())
          .isCloseTo(sum / said.divergences().length, within(1e-15));
      assertThat(said.divergences()[said.largest()]).isEqualTo(max).isPositive();
    }
  }
}
