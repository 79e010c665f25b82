package org.trimtab.evaluate.grade;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The agreement of graders with manual labels.
 *
 * @param file the file of the labels
 * @param answers the labelled answers
 */
public record JudgeCalibration(Path file, List<LabelledAnswer> answers) {
  /**
   * The agreement of two lists of grades.
   *
   * @param items the number of answers
   * @param share the share of answers with the same grade
   * @param kappa Cohen's kappa, unweighted: (observed - expected) / (1 - expected) agreement
   *     (Cohen, "A coefficient of agreement for nominal scales", 1960); NaN if both lists hold only
   *     one and the same grade
   */
  public record Agreement(int items, double share, double kappa) {
    /** The agreement of two lists of one length, at least 1. */
    public static Agreement of(List<Grade> first, List<Grade> second) {
      if (first.size() != second.size() || first.isEmpty()) {
        throw new IllegalArgumentException(first.size() + " and " + second.size() + " grades");
      }
      double items = first.size();
      double observed = 0;
      for (int i = 0; i < first.size(); i++) {
        observed += first.get(i) == second.get(i) ? 1 : 0;
      }
      double expected = 0;
      for (Grade grade : Grade.values()) {
        double ofFirst = first.stream().filter(each -> each == grade).count();
        double ofSecond = second.stream().filter(each -> each == grade).count();
        expected += ofFirst * ofSecond / items;
      }
      double kappa = expected == items ? Double.NaN : (observed - expected) / (items - expected);
      return new Agreement(first.size(), observed / items, kappa);
    }

    /** As text: {@code 27 of 30 the same (90.0 %), kappa 0.84}. */
    public String text() {
      String chance =
          Double.isNaN(kappa)
              ? "kappa undefined: both give one grade alone"
              : "Cohen's kappa %.3f".formatted(kappa);
      return "%d of %d the same (%.1f %%), %s"
          .formatted(Math.round(share * items), items, 100 * share, chance);
    }
  }

  /** Copies the list. */
  public JudgeCalibration {
    answers = List.copyOf(answers);
  }

  /**
   * Reads labels.
   *
   * @throws org.trimtab.UserException when the file cannot be read; names the line
   */
  public static JudgeCalibration read(Path file) {
    return new JudgeCalibration(file, LabelledAnswer.read(file));
  }

  /** A judge's agreement as text; answers that it does not grade are excluded and counted. */
  public String of(JudgeSettings settings, Judges judges) {
    try (Judge judge = judges.open(settings)) {
      List<Verdict> verdicts =
          judge.grade(answers.stream().map(LabelledAnswer::candidate).toList());
      return line(settings.text(), verdicts.stream().map(Verdict::grade).toList(), labels());
    }
  }

  /** The agreement of containment, which has no third grade, on whether answers are correct. */
  public String ofContainment() {
    List<Grade> contained = new ArrayList<>();
    for (LabelledAnswer labelled : answers) {
      Candidate candidate = labelled.candidate();
      boolean contains = Containment.contains(candidate.answer(), candidate.gold());
      contained.add(contains ? Grade.CORRECT : Grade.INCORRECT);
    }
    List<Grade> rightOrNot =
        labels().stream()
            .map(label -> label == Grade.CORRECT ? Grade.CORRECT : Grade.INCORRECT)
            .toList();
    return line("containment (correct or not)", contained, rightOrNot);
  }

  private List<Grade> labels() {
    return answers.stream().map(LabelledAnswer::label).toList();
  }

  private String line(String grader, List<Grade> grades, List<Grade> labels) {
    List<Grade> given = new ArrayList<>();
    List<Grade> byHand = new ArrayList<>();
    for (int i = 0; i < grades.size(); i++) {
      if (grades.get(i) != Grade.UNGRADED) {
        given.add(grades.get(i));
        byHand.add(labels.get(i));
      }
    }
    int left = grades.size() - given.size();
    return "%s against %s: %s%s"
        .formatted(
            grader,
            file,
            given.isEmpty() ? "no answer was graded" : Agreement.of(given, byHand).text(),
            left == 0 ? "" : "; %d ungraded and left out".formatted(left));
  }
}
