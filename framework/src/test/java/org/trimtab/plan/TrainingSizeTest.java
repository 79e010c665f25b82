package org.trimtab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trimtab.plan.TestFacts.plan;
import static org.trimtab.spec.TestSpecs.SAMPLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.trimtab.spec.yaml.SpecProblems;

class TrainingSizeTest {
  private static Training training(String... overrides) {
    List<String> all = new ArrayList<>(List.of(overrides));
    all.add("methods.directional-edit.train.folds=");
    all.add("methods.directional-edit.layers=7");
    all.add("methods.directional-edit.factor=1");
    List<Cell> cells =
        plan(SAMPLE, all.toArray(String[]::new)).cells().stream()
            .filter(cell -> cell.method().equals("directional-edit"))
            .toList();
    assertThat(cells).hasSize(1);
    return Objects.requireNonNull(cells.get(0).training());
  }

  @Test
  void aShareIsLearnedFromAndTheOthersAreScored() {
    Training training = training("methods.directional-edit.train.share=70%");

    assertThat(training.items().size()).isEqualTo(571);
    assertThat(training.withheld()).isEqualTo(training.items());
    assertThat(training("methods.directional-edit.train.share=70%", "seed=1").items())
        .as("the same split for every seed, so that seeds are compared on the same items")
        .isEqualTo(training.items());
    assertThat(training.items().ids()).isNotEqualTo(ItemSet.first(571).ids());
  }

  @Test
  void aLargerTrainingSizeHasAllItemsOfASmallerOneAndScoresTheSame() {
    String share = "methods.directional-edit.train.share=70%";
    Training ten = training(share, "methods.directional-edit.train.n=10");
    Training fifty = training(share, "methods.directional-edit.train.n=50");

    assertThat(ten.items().size()).isEqualTo(10);
    assertThat(fifty.items().size()).isEqualTo(50);
    assertThat(ten.items().minus(fifty.items()).isEmpty()).isTrue();
    assertThat(ten.withheld()).isEqualTo(fifty.withheld());
    assertThat(fifty.items().minus(fifty.withheld()).isEmpty()).isTrue();
  }

  @Test
  void moreThanThereIsIsAMistakeWithItsPlace() {
    assertThatThrownBy(
            () ->
                training(
                    "methods.directional-edit.train.share=70%",
                    "methods.directional-edit.train.n=572"))
        .isInstanceOf(SpecProblems.class)
        .hasMessageContaining("n 572: a cell has 571 items of truthfulqa to learn from");
    assertThatThrownBy(
            () ->
                training(
                    "methods.directional-edit.train.share=70%",
                    "methods.directional-edit.train.items=0-9"))
        .hasMessageContaining("'share' excludes 'folds', 'items' and 'leaky'");
  }
}
