package org.trimtab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.report.figure.FigureData;
import org.trimtab.report.figure.FigureLine;
import org.trimtab.report.figure.FigurePoint;
import org.trimtab.report.figure.Figures;
import org.trimtab.report.figure.LeftOutException;
import org.trimtab.report.paper.CsvTable;
import org.trimtab.report.paper.TableText;
import org.trimtab.run.FakeWorkbench;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.SamplePlan;
import org.trimtab.run.SampleRun;
import org.trimtab.spec.FigureKind;
import org.trimtab.spec.Report;

/** Random splits, in which several cells of a row score the same item, and rows by level. */
class SplitsTableTest {
  private static final int ITEMS = 20;
  private static final int SPLITS = 5;

  @TempDir private Path folder;
  private Plan plan;
  private ResultFolder results;

  @BeforeEach
  void run() {
    plan = SamplePlan.ofItems(ITEMS).withLevels().baseline(0).splits(1.5, SPLITS, 8).plan();
    results = SampleRun.run(plan, new FakeWorkbench(ITEMS, 1).withLevels(), folder);
  }

  private List<ItemResult> scored(int cell) {
    Cell known = plan.cells().get(cell);
    return results.journal(known).orElseThrow().results("truthfulqa-mc");
  }

  private static double mc1(ItemResult result) {
    return Objects.requireNonNull(result.scores().get("mc1"));
  }

  @Test
  void deviationsAreOverSplitsAndFisherPoolsWhatTheyScored() {
    double[] values = new double[SPLITS];
    int passes = 0;
    int reference = 0;
    Set<Integer> distinct = new HashSet<>();
    List<ItemResult> baseline = scored(0);
    for (int split = 0; split < SPLITS; split++) {
      List<ItemResult> own = scored(split + 1);
      assertThat(own).hasSize(12);
      values[split] = own.stream().mapToDouble(SplitsTableTest::mc1).average().orElseThrow();
      for (ItemResult result : own) {
        passes += (int) mc1(result);
        reference +=
            (int)
                baseline.stream()
                    .filter(other -> other.item() == result.item())
                    .mapToDouble(SplitsTableTest::mc1)
                    .sum();
        distinct.add(result.item());
      }
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();

    ResultTable table = ResultTable.read(results, Report.Table.standard());
    OverSplits over = table.rows().get(1).overSplits("truthfulqa/mc1").orElseThrow();

    assertThat(over.splits()).isEqualTo(SPLITS);
    assertThat(over.mean()).isCloseTo(mean, within(1e-12));
    assertThat(over.population()).isCloseTo(Math.sqrt(squares / SPLITS), within(1e-12));
    assertThat(over.sample()).isCloseTo(Math.sqrt(squares / (SPLITS - 1)), within(1e-12));
    OverSplits.Pooled pooled = Optional.ofNullable(over.pooled()).orElseThrow();
    assertThat(pooled.items()).isEqualTo(60);
    assertThat(pooled.distinct()).isEqualTo(distinct.size()).isLessThan(60);
    assertThat(pooled.passes()).isEqualTo(passes);
    assertThat(pooled.reference()).isEqualTo(reference);
    assertThat(pooled.p())
        .isEqualTo(PairedTests.fisher(passes, 60 - passes, reference, 60 - reference));
    assertThat(table.rows().get(1).overSplits("truthfulqa/mc2").orElseThrow().pooled())
        .as("no 0/1 score")
        .isNull();
    assertThat(table.rows().get(0).splits()).isEmpty();
    assertThat(TableText.of(table).replaceAll("\\s+", " "))
        .contains("8 items of truthfulqa in each of 5 random splits, scored on the others")
        .contains("takes the pooled passes of all splits for independent")
        .contains(passes + "/60 " + reference + "/60");
    assertThat(CsvTable.of(table)).contains("truthfulqa/mc1 p Fisher", "splits sd population");
  }

  @Test
  void theTestIsOverItemsEachWithItsMeanOverSplits() {
    ResultTable table = ResultTable.read(results, Report.Table.standard());

    PairedDifference difference = table.rows().get(1).difference("truthfulqa/mc2").orElseThrow();

    assertThat(difference.items()).as("items 4 to 7 are learned from in all").isEqualTo(16);
    assertThat(table.rows().get(1).settings().get("train"))
        .isEqualTo("truthfulqa 5 splits, learning from 8");
  }

  @Test
  void rowsAreSplitByTheLevelOfItems() {
    Report.Table byLevel =
        new Report.Table("levels", List.of(), List.of("truthfulqa/mc1"), "level", null, null);

    ResultTable table = ResultTable.read(results, byLevel);

    assertThat(table.rows())
        .extracting(row -> row.key() + " " + row.settings().get("level") + " " + row.items())
        .containsExactly(
            "baseline hard 5",
            "baseline easy 15",
            "directional-edit hard 4",
            "directional-edit easy 12");
    double hard =
        scored(0).stream()
            .filter(result -> result.item() % 4 == 0)
            .mapToDouble(SplitsTableTest::mc1)
            .average()
            .orElseThrow();
    assertThat(table.rows().get(0).value("truthfulqa/mc1").orElseThrow().mean()).isEqualTo(hard);
    PairedDifference difference = table.rows().get(2).difference("truthfulqa/mc1").orElseThrow();
    assertThat(difference.items()).isEqualTo(4);
    assertThat(table.rows().get(2).value("wikitext/perplexity"))
        .as("of whole cells, not of items with a level")
        .isEmpty();
    assertThat(TableText.of(table)).contains("level");
  }

  @Test
  void figuresShowLevelsAndItems() throws LeftOutException {
    TableMaker maker = TableMaker.read(results);
    FigureData levels = Figures.data(maker, figure("by-group", "truthfulqa/mc1"), null);

    assertThat(levels.panels()).hasSize(1);
    assertThat(levels.panels().get(0).xNames()).containsExactly("hard", "easy");
    assertThat(levels.panels().get(0).lines())
        .extracting(FigureLine::label)
        .first()
        .isEqualTo("baseline");
    assertThat(levels.panels().get(0).lines()).allMatch(line -> line.points().size() == 2);

    assertThatThrownBy(() -> Figures.data(maker, figure("before-after", "truthfulqa/mc1"), null))
        .isInstanceOf(LeftOutException.class)
        .hasMessageContaining("facts/margin");
    List<TableMaker.ItemScore> scores = new ArrayList<>();
    Report.Table table =
        new Report.Table("t", List.of(), List.of("truthfulqa/mc2"), "level", null, null);
    for (TableRow row : maker.table(table).rows()) {
      scores.addAll(maker.scores(table, row, maker.table(table).mainMetrics().get(0)));
    }
    assertThat(scores).hasSize(16 + 20);
    assertThat(levels.panels().get(0).lines().get(1).points())
        .extracting(FigurePoint::x)
        .containsExactly(0.0, 1.0);
  }

  private static Report.Figure figure(String kind, String metric) {
    return new Report.Figure(
        FigureKind.named(kind), null, metric, null, "factor", null, null, null, null);
  }
}
