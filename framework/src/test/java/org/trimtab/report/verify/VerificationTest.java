package org.trimtab.report.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.UserException;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.report.folder.ReportWriter;
import org.trimtab.run.FakeWorkbench;
import org.trimtab.run.Resealed;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.SamplePlan;
import org.trimtab.run.SampleRun;
import org.trimtab.spec.Report;

class VerificationTest {
  @TempDir private Path results = Path.of("");
  private ResultFolder folder = new ResultFolder(results);

  @BeforeEach
  void writeReport() {
    SamplePlan plan = SamplePlan.ofItems(20).baseline(0);
    plan.edit("5-29", 0.5, 0).edit("5-29", 1.5, 0);
    folder = SampleRun.run(plan.plan(), new FakeWorkbench(20, 4), results);
    ReportWriter.write(folder, "m", Report.standard());
  }

  private static Map<String, Double> metrics(PlannedEvaluation planned, List<ItemResult> results) {
    return new FakeWorkbench(20, 4).metrics(planned, results);
  }

  private Verification.Outcome verify(Path named) {
    return Verification.of(folder, named, VerificationTest::metrics);
  }

  private static void replace(Path file, String pattern, String replacement) throws IOException {
    String text = Files.readString(file);
    String changed = text.replaceFirst(pattern, replacement);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(file, changed);
  }

  @Test
  void anUntouchedReportIsTheSame() {
    Verification.Outcome outcome = verify(folder.path());

    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.metrics()).isEqualTo(5 * 4);
    assertThat(outcome.files())
        .extracting(file -> file.getFileName().toString())
        .contains("table.json", "table.md", "table.csv", "table.tex", "index.md")
        .contains("dose-response.json", "trade-off.json");
    assertThat(outcome.unchecked())
        .extracting(Path::toString)
        .contains("dose-response.png", "dose-response.svg")
        .doesNotContain("table.md", "index.md", "costs.md", "dose-response.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          table.md;  (\\| directional-edit \\| 0.5 \\| 20 \\| \\*{0,2})\\d\\d; row 'directional-edit', column 'mc1 (%)'
          index.md;  (\\| directional-edit \\| 0.5 \\| 20 \\| \\*{0,2})\\d\\d; row 'directional-edit', column 'mc1 (%)'
          table.csv; (directional-edit,0.5,20,1,)0.\\d;             row 2 (directional-edit), column 'truthfulqa/mc1'
          costs.md;  (\\| directional-edit \\| 0.5 \\| )331776;   row 'directional-edit', column 'parameters'
          costs.csv; (directional-edit,0.5,331776.0,)1.25;   row 2 (directional-edit), column 'fit seconds'
          table.tex; (directional-edit & .0.5. & .20. & \\D*)\\d\\d; row 'directional-edit', column 'mc1 (\\%)'
          """)
  void aNumberChangedByHandIsFound(String name, String pattern, String place) throws IOException {
    Path file = folder.report().resolve(name);
    replace(file, pattern, "$1" + change(name));

    List<Verification.Mismatch> whole = verify(folder.path()).findings();

    assertThat(whole).hasSize(1);
    assertThat(whole.get(0).file()).isEqualTo(file);
    assertThat(whole.get(0).place()).contains(place);
    assertThat(whole.get(0).difference()).contains("recomputed", "off by +");
    assertThat(verify(file).findings()).isEqualTo(whole);
  }

  private static String change(String name) {
    return name.startsWith("costs") ? "999999" : name.endsWith("csv") ? "0.9" : "99";
  }

  @Test
  void aMetricThatDoesNotFollowFromItsItemsIsFound() throws IOException {
    String id = folder.plan().cells().get(0).id();
    Path journal = folder.cell(id).journal();
    replace(journal, "(\"metrics\":\\{\"mc1\":)[\\d.]+", "$10.99");
    Resealed.write(journal, Files.readString(journal));

    List<Verification.Mismatch> findings = verify(folder.path()).findings();

    assertThat(findings.get(0).file()).isEqualTo(journal);
    assertThat(findings.get(0).place()).isEqualTo("metric truthfulqa/mc1");
    assertThat(findings.get(0).difference()).startsWith("is 0.99, and its items give 0.");
    assertThat(findings)
        .anyMatch(
            finding ->
                finding.file().endsWith("table.json")
                    && finding.difference().contains("recomputed"))
        .anyMatch(
            finding ->
                finding.file().endsWith("table.md") && finding.place().contains("row 'baseline'"));
  }

  @Test
  void anItemChangedByHandIsFound() throws IOException {
    Path journal = folder.cell(folder.plan().cells().get(0).id()).journal();
    replace(journal, "(\"mc2\":)0\\.\\d", "$10.99");
    assertThatThrownBy(() -> verify(folder.path()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(journal + ":4: the journal is damaged");

    Resealed.write(journal, Files.readString(journal));
    assertThat(verify(folder.path()).findings())
        .anyMatch(
            finding ->
                finding.file().equals(journal) && finding.place().equals("metric truthfulqa/mc2"));
  }

  @Test
  void aMissingFileIsFound() throws IOException {
    Files.delete(folder.report().resolve("table.tex"));

    assertThat(verify(folder.path()).findings())
        .extracting(Verification.Mismatch::toString)
        .containsExactly(folder.report().resolve("table.tex") + ": the whole file: is missing");
  }
}
