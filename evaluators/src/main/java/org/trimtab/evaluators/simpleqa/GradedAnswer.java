package org.trimtab.evaluators.simpleqa;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.answer.Answer;
import org.trimtab.evaluate.answer.WordOverlap;
import org.trimtab.evaluate.grade.Candidate;
import org.trimtab.evaluate.grade.Containment;
import org.trimtab.evaluate.grade.Grade;
import org.trimtab.evaluate.grade.GradeShares;
import org.trimtab.evaluate.grade.Judge;
import org.trimtab.evaluate.grade.Verdict;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Metric.Direction;
import org.trimtab.spec.Metric.Scale;

/**
 * One answer with all that grading needs, so that it can be graded from a journal alone.
 *
 * @param item the question's id
 * @param candidate question, gold answer and answer
 * @param tokens how many tokens the answer has
 * @param ending why it ended
 * @param search the trial that was kept and what led to it; empty for an answer without trials
 * @param verdict what the judge said; null where there is none
 */
record GradedAnswer(
    int item,
    Candidate candidate,
    int tokens,
    String ending,
    ObjectNode search,
    @Nullable Verdict verdict) {
  static final String CONTAINS = "contains";
  private static final String OVERLAP = "overlap";
  private static final String COMPOSITE = "composite";
  private static final String OBJECTIVE = "objective";
  private static final String SEARCH = "search";
  private static final double RIGHT = 0.6;

  /** The metrics that need no judge. */
  static final List<Metric> METRICS =
      List.of(
          Metric.mean(
                  CONTAINS,
                  Scale.SHARE,
                  Direction.HIGHER,
                  "Answers that hold the gold answer word for word.")
              .asMain(),
          Metric.mean(
              OVERLAP, Scale.SHARE, Direction.HIGHER, "Words of the gold answer in the answer."),
          Metric.mean(
              COMPOSITE,
              Scale.SHARE,
              Direction.HIGHER,
              "Answers for which 0.5 overlap + 0.5 correct (without a judge: contains) is 0.6 or"
                  + " more."),
          Metric.mean(
              OBJECTIVE,
              Scale.NUMBER,
              Direction.HIGHER,
              "What a method that searches maximised, of the answer that it chose."));

  /** The answer of an item result. */
  static GradedAnswer of(ItemResult result) {
    ObjectNode details = result.details();
    Candidate candidate =
        new Candidate(
            details.required("question").asText(),
            details.required("gold").asText(),
            details.required("answer").asText());
    return new GradedAnswer(
        result.item(),
        candidate,
        details.required("answer_tokens").asInt(),
        details.required("ending").asText(),
        details.path(SEARCH) instanceof ObjectNode search
            ? search
            : JsonNodeFactory.instance.objectNode(),
        verdict(details));
  }

  private static @Nullable Verdict verdict(ObjectNode details) {
    return details.has("grade")
        ? new Verdict(
            grade(details), details.path("reply").textValue(), details.path("reason").textValue())
        : null;
  }

  private static Grade grade(ObjectNode details) {
    return Grade.of(details.required("grade").asText()).orElseThrow();
  }

  /**
   * Some answers with a judge's verdicts; there is nothing to judge in a thought without an end.
   */
  static List<GradedAnswer> judged(List<GradedAnswer> answers, Judge judge) {
    List<Candidate> candidates =
        answers.stream().filter(GradedAnswer::isAnswer).map(GradedAnswer::candidate).toList();
    Iterator<Verdict> verdicts = judge.grade(candidates).iterator();
    List<GradedAnswer> judged = new ArrayList<>();
    for (GradedAnswer each : answers) {
      judged.add(each.isAnswer() ? each.judged(verdicts.next()) : each);
    }
    return judged;
  }

  private boolean isAnswer() {
    return !ending.equals(Answer.THINKING);
  }

  private GradedAnswer judged(Verdict other) {
    return new GradedAnswer(item, candidate, tokens, ending, search, other);
  }

  /** What the journal keeps. */
  ItemResult result() {
    ObjectNode details =
        JsonNodeFactory.instance
            .objectNode()
            .put("question", candidate.question())
            .put("gold", candidate.gold())
            .put("answer", candidate.answer())
            .put("answer_tokens", tokens)
            .put("ending", ending);
    Map<String, Double> scores = new HashMap<>();
    boolean contains = Containment.contains(candidate.answer(), candidate.gold());
    scores.put(CONTAINS, contains ? 1.0 : 0.0);
    double overlap = WordOverlap.of(candidate.answer(), candidate.gold());
    scores.put(OVERLAP, overlap);
    boolean right = verdict == null ? contains : verdict.grade() == Grade.CORRECT;
    scores.put(COMPOSITE, 0.5 * overlap + (right ? 0.5 : 0) >= RIGHT ? 1.0 : 0.0);
    if (search.has(OBJECTIVE)) {
      scores.put(OBJECTIVE, search.get(OBJECTIVE).doubleValue());
    }
    if (!search.isEmpty()) {
      details.set(SEARCH, search);
    }
    if (verdict != null) {
      scores.putAll(GradeShares.scores(verdict.grade()));
      details.put("grade", verdict.grade().word());
      if (verdict.reply() != null) {
        details.put("reply", verdict.reply());
      }
      if (verdict.reason() != null) {
        details.put("reason", verdict.reason());
      }
    }
    return new ItemResult(item, details, scores);
  }
}
