package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.trimtab.data.DatasetKind;
import org.trimtab.plan.DatasetFacts;
import org.trimtab.plan.ModelFacts;
import org.trimtab.plan.Planner;
import org.trimtab.run.session.PlanWarnings;
import org.trimtab.spec.Precision;
import org.trimtab.spec.Spec;
import org.trimtab.spec.bind.SpecReader;

/** What is valid in a spec and probably not what was meant is said. */
class PlanWarningsTest {
  private static final String SPEC =
      """
      name: forms
      question: Does it help?
      model: chat
      methods:
        baseline: {}
        mine:
          method: learned-delta
          train: {dataset: antonym, items: 0-9}
          layers: 1
          lambda1: 0
          lambda2: 0
      evaluate:
        exact-match: {dataset: antonym, chat_template: %s}
      """;

  private static final DatasetFacts PAIRS =
      new DatasetFacts() {
        @Override
        public int items(String dataset) {
          return 100;
        }

        @Override
        public DatasetKind kind(String dataset) {
          return DatasetKind.PAIRS;
        }

        @Override
        public String sha256(String dataset) {
          return dataset;
        }

        @Override
        public String modelSha256(String model) {
          return model;
        }
      };

  @Test
  void trainingAndScoringThatSeeOtherPromptsAreWarnedOf() {
    assertThat(warnings("true"))
        .singleElement()
        .asString()
        .startsWith(
            "spec.yaml:6:3: 'mine' learns from plain prompts of antonym, which exact-match puts into"
                + " the chat template");
    assertThat(warnings("false")).isEmpty();
  }

  @Test
  void levelsThatMeanTheSameInTheModelAreNamed() {
    String spec = SPEC.replace("layers: 1", "layers: [last 1, 2, 60%%, 3]");

    assertThat(planWarnings(spec.formatted("false")))
        .containsExactly(
            "spec.yaml:9:25: '2' and '60%' mean the same in this model, and make one cell",
            "spec.yaml:9:30: 'last 1' and '3' mean the same in this model, and make one cell");
  }

  @Test
  void keysWithoutEffectAreNamed() {
    String spec =
        """
        name: unused
        question: Does it help?
        model: chat
        thinking: false
        methods:
          baseline: {}
          mine:
            method: learned-delta
            train: {dataset: synonym, folds: 2}
            layers: 1
            lambda1: 0
            lambda2: 0
          leaky:
            method: mean-difference
            train: {dataset: synonym, leaky: true}
            layers: 1
        evaluate:
          exact-match: {dataset: antonym}
        """;
    assertThat(planWarnings(spec))
        .containsExactly(
            "spec.yaml:9:38: 'folds' has no effect: nothing of synonym is scored, so that one cell"
                + " learns from all items",
            "spec.yaml:15:38: 'leaky' has no effect: nothing of synonym is scored, so that one cell"
                + " learns from them without being leaky",
            "'thinking' and 'template_arguments' have no effect: nothing here is put into the chat"
                + " template");
  }

  @Test
  void aKeyOfAnotherKindOfFigureIsAMistake() {
    String report =
        """
        report:
          figures:
            - {kind: dose-response, metric: antonym/exact_match, at: 1.5}
            - {kind: layer-profile, metric: antonym/exact_match, cost: antonym/exact_match, at: 1}
        """;
    assertThatThrownBy(() -> planWarnings(SPEC.formatted("false") + report))
        .hasMessage(
            """
            spec.yaml:16:62: 'at' has no effect in a figure of kind dose-response; leave it out
            spec.yaml:17:64: 'cost' has no effect in a figure of kind layer-profile; leave it out\
            """);
  }

  @Test
  void cellsOfTwoMethodsThatAreTheSameAreNamed() {
    String other = SPEC.substring(SPEC.indexOf("  mine:"), SPEC.indexOf("evaluate:"));
    String spec =
        SPEC.replace(
            "evaluate:",
            other.replace("mine:", "more:").replace("layers: 1", "layers: [1, 2]") + "evaluate:");

    assertThat(planWarnings(spec.formatted("false")))
        .containsExactly(
            "spec.yaml:12:3: 1 of the 2 cells of 'more' are cells of another method, too; they run"
                + " once, under its name");
  }

  private static List<String> warnings(String chatTemplate) {
    return planWarnings(SPEC.formatted(chatTemplate));
  }

  private static List<String> planWarnings(String written) {
    byte[] text = written.getBytes(StandardCharsets.UTF_8);
    Spec spec = new SpecReader(Project.REGISTRY).read("spec.yaml", text, List.of());
    ModelFacts model = new ModelFacts("chat", 4, 32, 32, 4096, "w", "t", () -> true);
    return PlanWarnings.of(
        spec, Planner.plan(spec, model, PAIRS, "cpu", Precision.FLOAT32, OptionalInt.empty()), 4);
  }
}
