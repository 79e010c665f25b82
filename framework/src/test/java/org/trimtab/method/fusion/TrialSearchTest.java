package org.trimtab.method.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.answer.Answer;
import org.trimtab.evaluate.answer.AnswerTrial;
import org.trimtab.evaluate.answer.AnsweringIntervention;
import org.trimtab.evaluate.answer.QuestionPrompt;
import org.trimtab.evaluate.answer.QuestionTask;
import org.trimtab.evaluate.answer.TrialLog;
import org.trimtab.method.FitContext;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.HiddenStates;
import org.trimtab.method.Methods;
import org.trimtab.method.fusion.BestOfSamples.BestOfSamplesSettings;
import org.trimtab.method.fusion.GoldInPrompt.GoldInPromptSettings;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.plan.Cell;
import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.bind.Settings;
import org.trimtab.testing.TinyModel;

/** Fusion and its controls on a tiny model with random weights. */
class TrialSearchTest {
  private static final List<ShortQuestion> QUESTIONS =
      List.of(
          new ShortQuestion(0, "Who sailed first?", "Ada"),
          new ShortQuestion(1, "Where does the long river end?", "in the sea"),
          new ShortQuestion(4, "When?", "1969"));

  @TempDir static Path folder = Path.of("");
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

  /** Keeps trials in memory, and may refuse further ones, as a killed process does. */
  private static final class Log implements TrialLog {
    private final List<AnswerTrial> trials = new ArrayList<>();
    private final int room;

    Log(List<AnswerTrial> known, int room) {
      trials.addAll(known);
      this.room = room;
    }

    @Override
    public List<AnswerTrial> of(int item) {
      return trials.stream().filter(trial -> trial.item() == item).toList();
    }

    @Override
    public void add(List<AnswerTrial> fresh) {
      if (trials.size() + fresh.size() > room) {
        throw new IllegalStateException("killed");
      }
      trials.addAll(fresh);
    }
  }

  private static QuestionTask task(List<ShortQuestion> questions) {
    return new QuestionTask() {
      @Override
      public List<ShortQuestion> questions() {
        return questions;
      }

      @Override
      public QuestionPrompt prompt(ShortQuestion question) {
        String prompt = "Question: " + question.question() + "\nAnswer and explanation:";
        return QuestionPrompt.of(model, question, prompt, false);
      }

      @Override
      public Decoding decoding() {
        return new Decoding(6, List.of());
      }

      @Override
      public int rows() {
        return 8;
      }
    };
  }

  private static ObjectNode fusion(String mean, String tuner, int trials) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("segments", "0-1 / 2-3").put("strength", "0.0..0.4").put("mean", mean);
    settings.put("tuner", tuner).put("trials", trials).put("startup", 3);
    return Settings.tree(Settings.bind(settings, FusionSettings.class));
  }

  private static FittedMethod fit(String method, ObjectNode settings) {
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    MethodSettings values = Settings.bind(settings, Methods.named(method).settings());
    Cell cell =
        new Cell(0, "0", method, method, settings, values, null, 7, List.of(), identity, List.of());
    FitContext context =
        new FitContext(
            model,
            new HiddenStates(model, List.of()),
            name -> List.of(),
            Path::of,
            Map.of(),
            name -> model,
            FitWatcher.NONE);
    return Methods.named(method).fit(cell, context);
  }

  private static List<AnswerTrial> trials(String method, ObjectNode settings, Log log) {
    try (AnsweringIntervention answering =
        (AnsweringIntervention) fit(method, settings).intervention()) {
      answering.answer(QUESTIONS, task(QUESTIONS), log);
      return log.trials;
    }
  }

  private static Log whole() {
    return new Log(List.of(), Integer.MAX_VALUE);
  }

  @Test
  void aSearchThatWasCutOffAnywhereGoesOnToTheSameTrials() {
    for (String mean : List.of("prompt", "growing")) {
      ObjectNode settings = fusion(mean, "tpe", 6);
      List<AnswerTrial> undisturbed = trials("fusion", settings, whole());
      assertThat(undisturbed).hasSize(6 * QUESTIONS.size());
      assertThat(undisturbed.stream().map(trial -> trial.details().get("settings")).distinct())
          .hasSize(undisturbed.size());
      for (int cut = 1; cut < undisturbed.size(); cut += 4) {
        Log resumed = new Log(undisturbed.subList(0, cut), Integer.MAX_VALUE);
        trials("fusion", settings, resumed);
        // A wave that was written in part is made again: the later line counts.
        assertThat(resumed.trials).as(mean + " cut at " + cut).endsWith(undisturbed.get(17));
        assertThat(resumed.trials.stream().distinct())
            .containsExactlyInAnyOrderElementsOf(undisturbed);
      }
    }
  }

  @Test
  void eachTrialIsKeptBeforeTheNextOnesAreMade() {
    ObjectNode settings = fusion("prompt", "tpe", 6);
    Log killed = new Log(List.of(), 4 * QUESTIONS.size());
    assertThatThrownBy(() -> trials("fusion", settings, killed)).hasMessage("killed");
    assertThat(killed.trials).hasSize(4 * QUESTIONS.size());
  }

  @Test
  void aQuestionIsAnsweredByItsBestTrialAndTheFirstAmongEquals() {
    Log log = whole();
    try (AnsweringIntervention answering =
        (AnsweringIntervention) fit("fusion", fusion("prompt", "random", 5)).intervention()) {
      List<Answer> answers = answering.answer(QUESTIONS, task(QUESTIONS), log);
      for (int i = 0; i < QUESTIONS.size(); i++) {
        List<AnswerTrial> own = log.of(QUESTIONS.get(i).index());
        double highest =
            own.stream()
                .mapToDouble(t -> t.details().get("objective").asDouble())
                .max()
                .orElseThrow();
        AnswerTrial first =
            own.stream()
                .filter(t -> t.details().get("objective").asDouble() == highest)
                .findFirst()
                .orElseThrow();
        assertThat(answers.get(i).details().get("trial").asInt()).isEqualTo(first.number());
        assertThat(answers.get(i).text()).isEqualTo(first.details().get("text").asText());
      }
    }
  }

  @Test
  void theControlTriesTheSameRandomStrengthsTowardsAnotherAnswer() {
    List<AnswerTrial> own = trials("fusion", fusion("prompt", "random", 4), whole());
    List<AnswerTrial> other = trials("other-reference", fusion("prompt", "random", 4), whole());
    assertThat(settings(other)).isEqualTo(settings(own));
    assertThat(texts(other)).isNotEqualTo(texts(own));
  }

  private static List<ObjectNode> settings(List<AnswerTrial> trials) {
    return trials.stream().map(trial -> (ObjectNode) trial.details().get("settings")).toList();
  }

  private static List<String> texts(List<AnswerTrial> trials) {
    return trials.stream().map(trial -> trial.details().get("text").asText()).toList();
  }

  @Test
  void anotherReferenceNeedsAnotherAnswer() {
    List<ShortQuestion> one = QUESTIONS.subList(0, 1);
    try (AnsweringIntervention answering =
        (AnsweringIntervention)
            fit("other-reference", fusion("prompt", "random", 2)).intervention()) {
      assertThatThrownBy(() -> answering.answer(one, task(one), whole()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("another answer");
    }
  }

  @Test
  void samplesDifferAndAreTheSameAgain() {
    ObjectNode settings =
        Settings.tree(
            Settings.bind(
                JsonNodeFactory.instance.objectNode().put("trials", 4),
                BestOfSamplesSettings.class));
    List<String> texts = texts(trials("best-of-samples", settings, whole()));
    assertThat(texts.stream().distinct().count()).isGreaterThan(6);
    assertThat(texts(trials("best-of-samples", settings, whole()))).isEqualTo(texts);
  }

  @Test
  void theGoldAnswerIsToldInThePrompt() {
    ObjectNode settings =
        Settings.tree(
            Settings.bind(JsonNodeFactory.instance.objectNode(), GoldInPromptSettings.class));
    FittedMethod told = fit("gold-in-prompt", settings);
    try (AnsweringIntervention answering = (AnsweringIntervention) told.intervention()) {
      int[] prompt = answering.first(QUESTIONS.get(0), task(QUESTIONS)).tokens();
      assertThat(model.tokenizer().decode(prompt, false))
          .contains("Who sailed first? (The answer is: Ada)");
    }
    assertThat(told.facts()).containsKey(AnsweringIntervention.ORACLE);
  }

  @Test
  void aDivergedTrialHasNoValueAndEndsNoOther() {
    ObjectNode settings = fusion("prompt", "grid", 2);
    settings.put("segments", "0-3").put("strength", "0.0..1e38");
    List<AnswerTrial> trials = trials("fusion", settings, whole());
    List<Boolean> valued = trials.stream().map(trial -> trial.details().has("objective")).toList();
    assertThat(valued).isEqualTo(IntStream.range(0, trials.size()).mapToObj(i -> i < 3).toList());
  }

  @Test
  void budgetsAtMostTheStartupAndProductsAreWarnedOf() {
    ObjectNode product = fusion("prompt", "tpe", 3);
    product.remove("strength");
    product.put("alpha", "0.0..1").put("gamma", "0.0..0.5");
    assertThat(Settings.bind(product, FusionSettings.class).warnings())
        .hasSize(3)
        .anyMatch(warning -> warning.contains("random search"))
        .anyMatch(warning -> warning.contains("product"));
    ObjectNode both = fusion("prompt", "tpe", 3).put("alpha", "0.0..1");
    assertThatThrownBy(() -> Settings.bind(both, FusionSettings.class))
        .hasMessageContaining("alpha");
  }
}
