package org.trimtab.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trimtab.UserException;

/** The front door without evaluators on the class path; LibraryExampleTest scores with one. */
@SuppressWarnings("NullAway.Init")
class TrimtabTest {
  private static final String PROMPT = "Q: What is the town of Brell built on?\nA:";

  private static Trimtab model;

  @BeforeAll
  static void load() {
    model = Trimtab.load("world");
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static String edit(String factor) {
    return """
        train: {dataset: world-truth, items: 0-9}
        direction: {hidden_state: 4, lines: answers}
        layers: last 50%
        factor: FACTOR
        """
        .replace("FACTOR", factor);
  }

  @Test
  void strengthZeroChangesNothingAndAnotherDoes() {
    double before = model.logLikelihood(PROMPT, "salt", null);
    try (Trimtab.Fit none = model.fit("directional-edit", edit("0"));
        Trimtab.Fit edit = model.fit("directional-edit", edit("-2"))) {
      assertThat(model.logLikelihood(PROMPT, "salt", none)).isEqualTo(before);
      assertThat(model.logLikelihood(PROMPT, "salt", edit)).isNotEqualTo(before);
      assertThat(model.generate(PROMPT, 8, none)).isEqualTo(model.generate(PROMPT, 8));
      assertThat(edit.facts()).containsEntry("training.items", 10);
    }
  }

  @Test
  void severalLevelsAreRefused() {
    assertThatThrownBy(() -> model.fit("directional-edit", edit("[1, 2]")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("directional-edit: the settings stand for 2 fits");
  }

  @Test
  void aMistakeIsNamedWithItsPlace() {
    assertThatThrownBy(() -> model.fit("directional-edit", edit("1").replace("layers", "layer")))
        .hasMessageContaining("directional-edit:5:5: unknown key 'layer', did you mean 'layers'?");
    assertThatThrownBy(() -> model.score("truthfulq", ""))
        .hasMessageContaining("unknown evaluator 'truthfulq'");
  }
}
