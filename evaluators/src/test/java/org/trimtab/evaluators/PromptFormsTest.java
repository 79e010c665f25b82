package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What is learned after plain prompts is not scored in a chat template unnoticed. */
class PromptFormsTest {
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

  private static List<String> warnings(String chatTemplate) {
    byte[] text = SPEC.formatted(chatTemplate).getBytes(StandardCharsets.UTF_8);
    Spec spec = new SpecReader(Project.REGISTRY).read("spec.yaml", text, List.of());
    ModelFacts model = new ModelFacts("chat", 4, 32, 32, 4096, "w", "t", () -> true);
    return PlanWarnings.of(
        spec, Planner.plan(spec, model, PAIRS, "cpu", Precision.FLOAT32, OptionalInt.empty()));
  }
}
