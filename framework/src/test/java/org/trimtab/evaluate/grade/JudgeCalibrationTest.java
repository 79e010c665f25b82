package org.trimtab.evaluate.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeCalibrationTest {
  private static final String CSV =
      """
      question,gold,answer,label
      Where?,Brell,"In Brell, I think.",correct
      Who?,Ann,Bob,Incorrect
      When?,1911,I do not know.,not attempted
      What?,a hill,hill,A
      """;

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void kappaIsThatOfScikitLearn() throws IOException {
    try (InputStream file =
        JudgeCalibrationTest.class.getResourceAsStream("/fixtures/grade/cohen-kappa.json")) {
      JsonNode golden = new ObjectMapper().readTree(Objects.requireNonNull(file));
      assertThat(golden.get("cases")).hasSizeGreaterThan(10);
      for (JsonNode each : golden.get("cases")) {
        JudgeCalibration.Agreement agreement =
            JudgeCalibration.Agreement.of(grades(each.get("a")), grades(each.get("b")));
        if (each.get("kappa").isNull()) {
          assertThat(agreement.kappa()).isNaN();
        } else {
          assertThat(agreement.kappa()).isCloseTo(each.get("kappa").asDouble(), within(1e-12));
        }
        assertThat(agreement.share()).isCloseTo(each.get("accuracy").asDouble(), within(1e-12));
      }
    }
  }

  private static List<Grade> grades(JsonNode words) {
    List<Grade> grades = new ArrayList<>();
    words.forEach(word -> grades.add(Grade.of(word.asText()).orElseThrow()));
    return grades;
  }

  @Test
  void labelsAreReadFromTablesAndLines() throws IOException {
    List<LabelledAnswer> answers = LabelledAnswer.read(write("labels.csv", CSV));
    assertThat(answers)
        .extracting(LabelledAnswer::label)
        .containsExactly(Grade.CORRECT, Grade.INCORRECT, Grade.NOT_ATTEMPTED, Grade.CORRECT);
    assertThat(answers.get(0).candidate())
        .isEqualTo(new Candidate("Where?", "Brell", "In Brell, I think."));
    String line =
        """
        {"question": "Where?", "gold": "Brell", "answer": "In Brell, I think.", "label": "A"}

        """;
    assertThat(LabelledAnswer.read(write("labels.jsonl", line))).containsExactly(answers.get(0));
  }

  @Test
  void aFaultyLabelIsNamed() throws IOException {
    Path table = write("labels.csv", CSV.replace("Incorrect", "wrong"));
    assertThatThrownBy(() -> LabelledAnswer.read(table))
        .hasMessageContaining("labels.csv:3: the label is 'wrong', expected correct,");
    Path lines = write("labels.jsonl", "{\"question\": \"Where?\"}\n");
    assertThatThrownBy(() -> LabelledAnswer.read(lines))
        .hasMessageContaining("labels.jsonl:1: 'gold' is missing");
    Path broken = write("broken.jsonl", "\n{\n");
    assertThatThrownBy(() -> LabelledAnswer.read(broken))
        .hasMessageContaining("broken.jsonl:2: not JSON");
    assertThatThrownBy(() -> LabelledAnswer.read(folder.resolve("absent.csv")))
        .hasMessageContaining("there is no such file");
    Path empty = write("empty.csv", "question,gold,answer,label\n");
    assertThatThrownBy(() -> LabelledAnswer.read(empty)).hasMessageContaining("no labelled");
  }

  @Test
  void agreementIsToldWithWhatIsLeftOut() throws IOException {
    JudgeCalibration calibration = JudgeCalibration.read(write("labels.csv", CSV));
    assertThat(calibration.ofContainment())
        .startsWith("containment (correct or not) against ")
        .endsWith(": 4 of 4 the same (100.0 %), Cohen's kappa 1.000");
    JudgeSettings settings =
        new JudgeSettings(
            "judge-1",
            "http://localhost:1/v1",
            null,
            ReplyParser.STRICT,
            null,
            null,
            null,
            null,
            new JudgeSettings.Calls(1, 0, 1, 0, 0));
    Map<String, Verdict> verdicts =
        Map.of(
            "Where?", Verdict.of("", "A", ReplyParser.STRICT),
            "Who?", Verdict.of("", "A", ReplyParser.STRICT),
            "When?", Verdict.of("", "C", ReplyParser.STRICT),
            "What?", Verdict.ungraded("down"));
    Judges judges =
        opened ->
            candidates ->
                candidates.stream()
                    .map(candidate -> Objects.requireNonNull(verdicts.get(candidate.question())))
                    .toList();
    // Observed 2 / 3; expected by chance (1 x 2 + 1 x 0 + 1 x 1) / 9 = 1 / 3.
    assertThat(calibration.of(settings, judges))
        .contains("judge-1 at http://localhost:1/v1")
        .endsWith("2 of 3 the same (66.7 %), Cohen's kappa 0.500; 1 ungraded and left out");
  }
}
