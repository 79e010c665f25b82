package org.trimtab.evaluate.grade;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How far graders agree with labels by hand.
 *
 * @param file where the labels are from, for people
 * @param answers the labelled answers
 */
public record Calibration(Path file, List<LabelledAnswer> answers) {
  /** Copies the list. */
  public Calibration {
    answers = List.copyOf(answers);
  }

  /**
   * Reads labels.
   *
   * @throws org.trimtab.UserException when the file cannot be read; names the line
   */
  public static Calibration read(Path file) {
    return new Calibration(file, LabelledAnswer.read(file));
  }

  /** A judge's agreement, for people; answers that it does not grade are left out and counted. */
  public String of(JudgeSettings settings, Judges judges) {
    try (Judge judge = judges.open(settings)) {
      List<Verdict> verdicts =
          judge.grade(answers.stream().map(LabelledAnswer::candidate).toList());
      return line(settings.text(), verdicts.stream().map(Verdict::grade).toList(), labels());
    }
  }

  /** The agreement of containment, which knows no third grade: right or not is what counts. */
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
