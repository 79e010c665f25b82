package org.trimtab.evaluators.simpleqa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.answer.Answer;
import org.trimtab.evaluate.answer.Thoughts;
import org.trimtab.evaluate.grade.Candidate;
import org.trimtab.evaluate.grade.Grade;
import org.trimtab.evaluate.grade.GradeShares;
import org.trimtab.evaluate.grade.Verdict;

class GradedAnswerTest {
  private static GradedAnswer answer(int item, String text, String ending) {
    return new GradedAnswer(
        item,
        new Candidate("Where?", "Paris", text),
        16,
        ending,
        JsonNodeFactory.instance.objectNode(),
        text.isEmpty() ? Verdict.ungraded(Thoughts.UNFINISHED) : null);
  }

  @Test
  void aThoughtWithoutAnEndIsNeitherScoredNorJudged() {
    List<GradedAnswer> answers =
        List.of(answer(0, "", Answer.THINKING), answer(1, "in Paris", "end"));

    List<ItemResult> results =
        GradedAnswer.judged(
                answers,
                candidates -> {
                  assertThat(candidates).extracting(Candidate::answer).containsExactly("in Paris");
                  return List.of(new Verdict(Grade.CORRECT, "A", null));
                })
            .stream()
            .map(GradedAnswer::result)
            .toList();

    assertThat(GradeShares.isUngraded(results.get(0).scores())).isTrue();
    assertThat(results.get(0).scores())
        .containsEntry("contains", 0.0)
        .containsEntry("correct", 0.0);
    assertThat(results.get(0).details().path("reason").asText()).contains("within a thought");
    assertThat(results.get(1).scores())
        .containsEntry("contains", 1.0)
        .containsEntry("correct", 1.0);
  }
}
