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
