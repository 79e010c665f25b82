package org.trimtab.report.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.io.Json;
import org.trimtab.run.FakeWorkbench;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.SamplePlan;
import org.trimtab.run.SampleRun;
import org.trimtab.spec.FigureKind;
import org.trimtab.spec.Report;

class ReportWriterTest {
  @TempDir private static Path shared = Path.of("");
  private static ResultFolder sample = new ResultFolder(shared);

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void writeSample() {
    sample = SampleReport.write(shared);
  }

  private static String text(String name) throws IOException {
    return Files.readString(sample.report().resolve(name));
  }

  private static Map<String, List<Byte>> files(Path folder) throws IOException {
    Map<String, List<Byte>> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        List<Byte> bytes = new ArrayList<>();
        for (byte each : Files.readAllBytes(file)) {
          bytes.add(each);
        }
        files.put(String.valueOf(file.getFileName()), bytes);
      }
    }
    return files;
  }

  @Test
  void aTableForMlflowHasTheCellsOfTheMarkdown() throws IOException {
    JsonNode table = Json.MAPPER.readTree(text("mlflow/table.json"));
    List<String> columns = new ArrayList<>();
    table.path("columns").forEach(column -> columns.add(column.textValue()));
    List<String> rows =
        text("table.md")
            .lines()
            .dropWhile(line -> !line.startsWith("| "))
            .takeWhile(line -> line.startsWith("| "))
            .skip(2)
            .toList();

    assertThat(columns).startsWith("method").doesNotHaveDuplicates();
    assertThat(table.path("data")).hasSameSizeAs(rows);
    JsonNode row = table.path("data").path(2);
    assertThat(row).hasSameSizeAs(columns);
    assertThat(rows.get(2)).contains("| " + row.path(columns.indexOf("mc1 (%)")).textValue());
  }

  @Test
  void whatEveryRowCostsIsAFileOfItsOwn() throws IOException {
    assertThat(text("costs.md"))
        .contains(
            "| method | layers | factor | parameters | fit (s) | fit tokens | time per token |")
        .contains("| baseline | - | - | 0 | 0 | 0 | 1 |")
        .contains("| directional-edit | 5-29 | 0.5 | 331776 | 1.250 | 640 | 1.500 |");
    assertThat(text("costs.csv"))
        .contains("parameters,fit seconds,fit tokens,time per token,cells")
        .contains("331776.0,1.25,640.0,1.5");
    assertThat(text("costs.tex")).contains("\\label{tab:costs}", "$331776$ & $1.250$ & $640$");
    assertThat(text("mlflow/costs.json")).contains("\"time per token\"", "\"331776\",\"1.250\"");
    assertThat(text("index.md")).contains("[costs.md](costs.md)").doesNotContain("1.250");
  }

  @Test
  void theSameJournalsGiveTheSameBytes() throws IOException {
    Map<String, List<Byte>> first = files(sample.report());
    assertThat(first)
        .containsKeys("index.md", "table.md", "table.csv", "table.tex", "table.json", "folds.md")
        .containsKeys("dose-response.svg", "layer-profile.png", "trade-off.json");

    ReportWriter.write(sample, "tiny_model", SampleReport.report());

    assertThat(files(sample.report())).isEqualTo(first);
  }

  /** To see what a change does to tables, copy the files that the failure shows over these. */
  @ParameterizedTest
  @ValueSource(strings = {"table.md", "table.tex", "folds.md"})
  void tablesAreWrittenAsTheyWere(String name) throws IOException {
    assertThat(text(name))
        .isEqualTo(Files.readString(Path.of("src/test/resources/fixtures/report", name)));
  }

  @Test
  void rowsThatDivergedOrChangeNothingAreShown() throws IOException {
    assertThat(text("table.md"))
        .contains("| directional-edit <sup>b,c</sup> | 5-29 | 3.0 | - | - |")
        .contains("</sup> diverged at layer 7, position 31, item 12 (fold 1/2)")
        .contains("<sup>a</sup> no-op: changes no logit of the first item")
        .contains("leaky: scored on items that it was trained on");
  }

  @Test
  void notesSayWhatWasLearnedTestedAndDetectable() throws IOException {
    assertThat(text("table.md"))
        .contains("Model tiny\\_model (sha256 b179c9523d0e); data truthfulqa (sha256 b37996)")
        .contains("directional-edit: truthfulqa in 2 folds, every item scored by a cell that did")
        .contains("of truthfulqa and scored on the same items (leaky), which is optimistic")
        .contains("comparisons of this table (Holm)")
        .contains("Smallest difference that these items show with 80 % power: mc1 ");
  }

  @Test
  void nothingSignificantIsSaidPlainly() throws IOException {
    assertThat(text("folds.md")).contains("No difference is significant: none of the ");
  }

  @Test
  void theBestIsBoldAmongRowsOfTheSameItemsAlone() throws IOException {
    assertThat(text("table.md")).containsPattern("\\| \\*\\*\\d\\d\\.\\d\\*\\* \\|");
    assertThat(text("folds.md")).doesNotContainPattern("\\*\\*\\d");
  }

  @Test
  void latexIsEscaped() throws IOException {
    assertThat(text("folds.tex"))
        .contains("\\caption{Folds \\& seeds of 100 \\% \\{apart\\} (")
        .contains("Model tiny\\_model")
        .contains("\\toprule")
        .contains("directional-edit$^{\\mathrm{c,a}}$ & 5--29 & $0.0$ & 1/2 & $0$ & $20$");
  }

  @Test
  void csvHasFullPrecisionAndCells() throws IOException {
    List<String> lines = text("table.csv").lines().toList();
    assertThat(lines.get(0))
        .startsWith("method,layers,factor,")
        .contains("truthfulqa/mc2 p Holm")
        .contains("wikitext/perplexity low")
        .endsWith("notes,cells");
    assertThat(lines.get(1)).containsPattern("^baseline,.*,0\\.\\d{15,},").doesNotContain("NaN");
  }

  @Test
  void figuresNameTheirAxesAndLines() throws IOException {
    assertThat(text("dose-response.svg"))
        .contains("x: factor (no unit); y: truthfulqa/mc1 (%); baseline; layers 5-29;")
        .contains("random-direction, layers 5-29");
    assertThat(text("trade-off.svg"))
        .contains("y: truthfulqa/mc1: difference (points); baseline; Pareto front;");
    assertThat(text("layer-profile.svg")).contains("at factor 1.5", "y: truthfulqa/mc1 (%)");
  }

  @Test
  void aFigureWithoutDataIsLeftOutWithTheReasonAndOldFilesGo() {
    ResultFolder one =
        SampleRun.run(
            SamplePlan.ofItems(20).baseline(0).edit("5-29", 1.5, 0).plan(),
            new FakeWorkbench(20, 4),
            folder);
    ReportWriter.write(one, "tiny_model", SampleReport.report());
    Report less =
        new Report(
            null,
            null,
            List.of(
                Report.Figure.standard(FigureKind.named("dose-response")),
                Report.Figure.standard(FigureKind.named("layer-profile"))));

    ReportWriter.Written written = ReportWriter.write(one, "m", less);

    assertThat(written.leftOut())
        .containsExactly(
            "Figure dose-response is left out: it needs two or more values of the numeric setting"
                + " 'factor'.",
            "Figure layer-profile is left out: it needs two or more ranges of layers at one"
                + " factor.");
    assertThat(one.report().resolve("folds.md")).doesNotExist();
    assertThat(one.report().resolve("trade-off.svg")).doesNotExist();
    assertThat(written.index()).content().contains("## Left out", "Figure dose-response");
  }

  @Test
  void seedsAreMeansWithDeviations() {
    SamplePlan plan = SamplePlan.ofItems(20);
    for (long seed = 0; seed < 3; seed++) {
      plan.baseline(seed).edit("5-29", 1.5, seed);
    }
    ResultFolder seeds = SampleRun.run(plan.plan(), new FakeWorkbench(20, 4), folder);

    ReportWriter.write(seeds, "m", new Report(null, null, List.of()));

    assertThat(seeds.report().resolve("table.md"))
        .content()
        .contains("(20 items, 3 seeds)", "| seeds |", "seeds 0, 1, 2.")
        .containsPattern("\\| 20 \\| 3 \\| \\*{0,2}\\d\\d\\.\\d ± \\d\\.\\d");
    assertThat(seeds.report().resolve("table.tex")).content().contains("\\pm");
    assertThat(seeds.report().resolve("table.csv")).content().contains("truthfulqa/mc2 sd");
  }
}
