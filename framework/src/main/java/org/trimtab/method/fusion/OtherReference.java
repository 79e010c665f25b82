package org.trimtab.method.fusion;

import java.util.List;
import org.trimtab.UserException;
import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.answer.QuestionTask;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.MethodKind;

/**
 * Control: the same steering towards the answer of another question. Its gains are not due to the
 * content of the reference; the trials are still selected by the question's own answer.
 */
public final class OtherReference extends FusionMethod {
  public OtherReference() {
    super("other-reference", 1, MethodKind.CONTROL);
  }

  @Override
  ShortQuestion referred(Cell cell, ShortQuestion question, QuestionTask task) {
    List<ShortQuestion> others =
        task.questions().stream()
            .filter(other -> !other.answer().equals(question.answer()))
            .toList();
    if (others.isEmpty()) {
      throw new UserException(
          "other-reference needs a question with another answer than that of question "
              + question.index()
              + "; evaluate more items");
    }
    CounterRandom random = CounterRandom.of(cell.seed(), "other-reference");
    return others.get(random.at(question.index()).below(others.size(), 0));
  }

  @Override
  String oracle() {
    return TrialSearch.CHOSEN;
  }
}
