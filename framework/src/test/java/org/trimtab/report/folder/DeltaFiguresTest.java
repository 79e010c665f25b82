package org.trimtab.report.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.report.Interval;
import org.trimtab.report.figure.FigureData;
import org.trimtab.report.figure.FigureFiles;
import org.trimtab.report.figure.FigureLine;
import org.trimtab.report.figure.FigurePanel;
import org.trimtab.report.figure.FigurePoint;
import org.trimtab.report.figure.LeftOutException;
import org.trimtab.report.verify.Verification;
import org.trimtab.run.FakeWorkbench;
import org.trimtab.run.ResultFolder;
import org.trimtab.spec.FigureKind;
import org.trimtab.spec.Report;

class DeltaFiguresTest {
  @TempDir private static Path shared = Path.of("");
  private static ResultFolder chosen = new ResultFolder(shared);

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void run() {
    chosen = SampleDeltas.chosen(shared);
  }

  private static FigureData figure(ResultFolder results, String kind) throws LeftOutException {
    return new ReportMaker(results).figure(Report.Figure.standard(FigureKind.named(kind)), null);
  }

  private static FigurePanel panel(FigureData figure, String yTitle) {
    return figure.panels().stream()
        .filter(panel -> panel.yTitle().equals(yTitle))
        .findFirst()
        .orElseThrow();
  }

  private static FigureLine line(FigurePanel panel, FigureLine.Role role) {
    return panel.lines().stream().filter(line -> line.role() == role).findFirst().orElseThrow();
  }

  @Test
  void aPathOfPenaltiesIsTheMeanOverSeedsWithWhatWasChosen() throws LeftOutException {
    FigureData figure = figure(chosen, "regularisation-path");

    assertThat(figure.panels())
        .extracting(FigurePanel::yTitle)
        .containsExactly(
            "heads alive", "validation loss (nats)", "objective (nats)", "truthfulqa/mc1 (%)");
    FigurePanel heads = panel(figure, "heads alive");
    assertThat(line(heads, FigureLine.Role.TREATMENT).points())
        .extracting(FigurePoint::x, FigurePoint::y)
        .contains(tuple(0.0, 4.0), tuple(0.01, 2.0), tuple(0.03, 1.0), tuple(0.1, 0.0));
    FigurePoint validation =
        line(panel(figure, "validation loss (nats)"), FigureLine.Role.TREATMENT).points().get(0);
    assertThat(validation.y()).isCloseTo(3 + (0.03 + 0.03 + 0.01) / 3, within(1e-12));
    assertThat(validation.cells()).hasSize(3);
    assertThat(line(heads, FigureLine.Role.CHOSEN).points())
        .extracting(FigurePoint::x, FigurePoint::label)
        .contains(tuple(0.01, "1 of 3"), tuple(0.03, "2 of 3"));
    FigurePanel scores = panel(figure, "truthfulqa/mc1 (%)");
    assertThat(line(scores, FigureLine.Role.CHOSEN).points())
        .allSatisfy(point -> assertThat(point.x()).isEqualTo(0.03));
    assertThat(line(scores, FigureLine.Role.REFERENCE).label()).isEqualTo("baseline");
  }

  @Test
  void levelsOfAPenaltyAreCellsWithTheirObjectiveAndScore() throws LeftOutException {
    FigureData figure = figure(SampleDeltas.levels(folder), "regularisation-path");

    assertThat(figure.panels())
        .extracting(FigurePanel::yTitle)
        .containsExactly("heads alive", "objective (nats)", "truthfulqa/mc1 (%)");
    assertThat(line(panel(figure, "objective (nats)"), FigureLine.Role.TREATMENT).points())
        .extracting(FigurePoint::y)
        .containsExactly(1.0, 1.1, 1.3, 2.0);
    FigurePanel scores = panel(figure, "truthfulqa/mc1 (%)");
    assertThat(line(scores, FigureLine.Role.CONTROL).points()).hasSize(4);
    assertThat(scores.lines()).noneMatch(line -> line.role() == FigureLine.Role.CHOSEN);
  }

  @Test
  void lengthsOfHeadsAreMeansOverSeedsAndZeroWhereAllAre() throws LeftOutException {
    FigureData figure = figure(chosen, "head-norms");

    assertThat(figure.panels()).hasSize(2);
    FigurePanel penalised = figure.panels().get(0);
    assertThat(penalised.lines()).extracting(FigureLine::label).contains("head 0", "head 3");
    assertThat(penalised.lines().get(0).points())
        .extracting(FigurePoint::x)
        .containsExactly(6.0, 12.0, 18.0);
    assertThat(penalised.lines().get(0).points().get(0).y())
        .isCloseTo(0.05 + (1 + 2 + 3) * 0.06 / 3, within(1e-12));
    assertThat(penalised.lines().get(1).points().get(0).y())
        .isCloseTo((0.05 + 2 * 3 * 0.06) / 3, within(1e-12));
    assertThat(penalised.lines().get(3).points()).allMatch(point -> point.y() == 0);
  }

  @Test
  void aLayerProfileHasEveryMethodAndLevelsOfThoseWithoutLayers() throws LeftOutException {
    FigurePanel panel = figure(chosen, "layer-profile").panels().get(0);

    assertThat(panel.lines())
        .extracting(FigureLine::role)
        .containsExactly(
            FigureLine.Role.REFERENCE,
            FigureLine.Role.TREATMENT,
            FigureLine.Role.TREATMENT,
            FigureLine.Role.TREATMENT,
            FigureLine.Role.LEVEL);
    assertThat(line(panel, FigureLine.Role.LEVEL).label()).startsWith("few-shot");
    FigurePoint point = line(panel, FigureLine.Role.TREATMENT).points().get(0);
    assertThat(point.cells()).hasSize(3);
    double middle =
        Optional.ofNullable(point.yInterval()).map(i -> (i.low() + i.high()) / 2).orElseThrow();
    assertThat(middle).isCloseTo(point.y(), within(1e-9));
  }

  @Test
  void tasksWithMethodsOfTheirOwnArePanelsWithTheSameLines() throws LeftOutException {
    ResultFolder tasks = SampleDeltas.tasks(folder);

    FigureData profile = figure(tasks, "layer-profile");
    assertThat(profile.rows()).hasSize(2).allSatisfy(row -> assertThat(row).hasSize(1));
    assertThat(profile.caption()).startsWith("mc1 over ranges of layers");
    assertThat(profile.panels())
        .extracting(FigurePanel::title, FigurePanel::yTitle)
        .containsExactly(tuple("antonym", "mc1 (%)"), tuple("synonym", "mc1 (%)"));
    assertThat(profile.panels())
        .allSatisfy(
            panel ->
                assertThat(panel.lines())
                    .extracting(FigureLine::label)
                    .containsExactly(
                        "baseline",
                        "learned-delta, lambda2 0",
                        "learned-delta, lambda2 0.03",
                        "few-shot"));
    assertThat(profile.notes()).isEmpty();

    FigureData norms = figure(tasks, "head-norms");
    assertThat(norms.rows()).hasSize(2);
    assertThat(norms.rows().get(1))
        .extracting(FigurePanel::title, FigurePanel::yTitle)
        .containsExactly(
            tuple("lambda2 0", "synonym, head"), tuple("lambda2 0.03", "synonym, head"));

    FigureData path = figure(tasks, "regularisation-path");
    assertThat(path.rows()).hasSize(2);
    assertThat(path.rows().get(0)).extracting(FigurePanel::title).containsOnly("antonym");
  }

  @Test
  void aMetricThatIsNamedIsDrawnAlone() throws LeftOutException {
    Report.Figure named =
        new Report.Figure(
            FigureKind.named("layer-profile"),
            "synonyms",
            "synonym/mc1",
            null,
            "factor",
            null,
            null,
            null,
            null);

    FigureData figure = new ReportMaker(SampleDeltas.tasks(folder)).figure(named, null);

    assertThat(figure.panels()).hasSize(1);
    assertThat(figure.panels().get(0).yTitle()).isEqualTo("synonym/mc1 (%)");
    assertThat(figure.panels().get(0).lines()).hasSize(4);
  }

  @Test
  void theMainTablesFirstMetricIsDrawnOfEveryTask() throws LeftOutException {
    Report.Figure options = Report.Figure.standard(FigureKind.named("layer-profile"));

    FigureData figure = new ReportMaker(SampleDeltas.tasks(folder)).figure(options, "synonym/mc2");

    assertThat(figure.panels())
        .extracting(FigurePanel::yTitle)
        .containsExactly("mc2 (%)", "mc2 (%)");
  }

  @Test
  void twoSeedsAreTooFewForAnIntervalOfTheirMean() throws LeftOutException {
    FigurePanel panel = figure(SampleDeltas.tasks(folder), "layer-profile").panels().get(0);

    FigurePoint point = line(panel, FigureLine.Role.TREATMENT).points().get(0);
    Interval interval = Objects.requireNonNull(point.yInterval());
    assertThat(interval.high() - interval.low()).isLessThan(60);
    assertThat(interval.low()).isGreaterThan(0);
  }

  @Test
  void heatMapsHaveAxesAndAColourBar() throws IOException, LeftOutException {
    byte[] png = FigureFiles.of(figure(chosen, "head-norms")).get("png");

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Objects.requireNonNull(png)));
    int edge = image.getWidth() / 20;
    assertThat(drawn(image, 0, edge)).isTrue();
    assertThat(drawn(image, image.getWidth() - 2 * edge, image.getWidth() - edge)).isTrue();
  }

  private static boolean drawn(BufferedImage image, int from, int to) {
    return IntStream.range(from, to)
        .anyMatch(
            x ->
                IntStream.range(0, image.getHeight())
                    .anyMatch(y -> (image.getRGB(x, y) & 0xFFFFFF) != 0xFFFFFF));
  }

  @Test
  void figuresAreWrittenTheSameAgainAndVerified() throws IOException {
    ReportWriter.write(chosen, "m", Report.standard());
    byte[] svg = Files.readAllBytes(chosen.report().resolve("head-norms.svg"));
    byte[] png = Files.readAllBytes(chosen.report().resolve("regularisation-path.png"));

    ReportWriter.write(chosen, "m", Report.standard());

    assertThat(chosen.report().resolve("head-norms.svg")).hasBinaryContent(svg);
    assertThat(chosen.report().resolve("regularisation-path.png")).hasBinaryContent(png);
    assertThat(findings()).isEmpty();
    Path sidecar = chosen.report().resolve("head-norms.json");
    String text = Files.readString(sidecar);
    String changed = text.replaceFirst("\"y\" : 0\\.17", "\"y\" : 0.18");
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(sidecar, changed);
    assertThat(findings()).containsExactly("head-norms.json");
  }

  private static List<String> findings() {
    return Verification.of(chosen, chosen.path(), new FakeWorkbench(40, 4)::metrics)
        .findings()
        .stream()
        .map(finding -> Objects.toString(finding.file().getFileName()))
        .toList();
  }

  @Test
  void vectorsThatArePenalisedAwayAreSaidAndNotDrawn() throws IOException {
    ResultFolder levels = SampleDeltas.levels(folder);
    ReportWriter.write(levels, "m", Report.standard());
    assertThat(Files.readString(levels.report().resolve("index.md")))
        .contains("every head is exactly 0");
  }

  @Test
  void figuresOfPenaltiesNeedThem() {
    ResultFolder sweep = SampleReport.run(folder);

    assertThatThrownBy(() -> figure(sweep, "regularisation-path"))
        .isInstanceOf(LeftOutException.class)
        .hasMessageContaining("two or more values of lambda1 or lambda2");
    assertThatThrownBy(() -> figure(sweep, "head-norms"))
        .isInstanceOf(LeftOutException.class)
        .hasMessageContaining("lengths of heads");
  }
}
