package org.trimtab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.Plan;
import org.trimtab.report.paper.CsvTable;
import org.trimtab.report.paper.TableText;
import org.trimtab.run.FakeWorkbench;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.SamplePlan;
import org.trimtab.run.SampleRun;
import org.trimtab.spec.Report;

class ResultTableTest {
  @TempDir private Path folder;

  @Test
  void foldsOfOneSettingMergeSoThatEveryItemCountsOnce() {
    Plan plan = SamplePlan.ofItems(60).baseline(0).edit("5-29", 1.5, 0).plan();
    ResultFolder results = run(plan, new FakeWorkbench(60, 4));

    ResultTable table = ResultTable.read(results, Report.Table.standard());

    assertThat(table.rows()).hasSize(2);
    TableRow edit = table.rows().get(1);
    assertThat(edit.items()).isEqualTo(60);
    List<ItemResult> heldOut = new ArrayList<>(results(results, plan, 1, "truthfulqa-mc"));
    heldOut.addAll(results(results, plan, 2, "truthfulqa-mc"));
    assertThat(value(edit, "truthfulqa/mc2")).isCloseTo(mean(heldOut, "mc2"), within(1e-12));
    double logPerplexity =
        (mean(results(results, plan, 1, "perplexity"), "nll")
                + mean(results(results, plan, 2, "perplexity"), "nll"))
            / 2;
    assertThat(value(edit, "wikitext/perplexity")).isCloseTo(Math.exp(logPerplexity), within(1e-9));
    PairedDifference mc2 = comparison(edit, "truthfulqa/mc2");
    double baseline = mean(results(results, plan, 0, "truthfulqa-mc"), "mc2");
    assertThat(mc2.items()).isEqualTo(60);
    assertThat(mc2.value()).isCloseTo(mean(heldOut, "mc2") - baseline, within(1e-12));
    assertThat(mc2.interval().low()).isLessThan(mc2.value());
    assertThat(mc2.interval().high()).isGreaterThan(mc2.value());
    assertThat(test(mc2).name()).isEqualTo("sign flip");
    assertThat(test(comparison(edit, "truthfulqa/mc1")).name()).isEqualTo("McNemar");
    assertThat(edit.test("wikitext/perplexity")).isEmpty();
  }

  @Test
  void theSampleSweepFitsAHundredColumns() {
    ResultTable table =
        ResultTable.read(
            run(SamplePlan.sweep(817), new FakeWorkbench(817, 16)), Report.Table.standard());

    String text = TableText.of(table);

    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    List<String> lines = text.lines().toList();
    assertThat(lines.get(0))
        .isEqualTo("sample-sweep: Does a stronger truthful direction raise scores?");
    assertThat(lines.get(2).split(" +"))
        .containsExactly(
            "method",
            "layers",
            "factor",
            "n",
            "mc1",
            "%",
            "vs",
            "baseline",
            "mc2",
            "%",
            "vs",
            "baseline",
            "perplexity");
    assertThat(lines.get(3))
        .matches("baseline +- +- +817 +\\d\\d\\.\\d +- +\\d\\d\\.\\d +- +\\d\\d\\.\\d\\d");
    assertThat(lines.get(4))
        .matches(
            "directional-edit +5-29 +-1\\.0 +817 +\\d\\d\\.\\d +[+-]\\d+\\.\\d"
                + " \\[[+-]\\d+\\.\\d,[+-]?\\d+\\.\\d\\]\\** .*");
    assertThat(text.replaceAll("\\s+", " "))
        .contains("13 of 13 cells done.")
        .contains("truthfulqa/mc3 %")
        .contains("corrected for the 12 comparisons")
        .contains("truthfulqa/mc3")
        .contains("Perplexity over folds is exp of the mean log-perplexity")
        .contains(
            "The same in all rows that have them: direction.hidden_state=18, train=truthfulqa 2 folds")
        .doesNotContain("***", "is bold");
  }

  @Test
  void divergedNoOpAndLeakyRowsSaySo() {
    Plan plan =
        SamplePlan.ofItems(40)
            .baseline(0)
            .edit("5-29", 0.0, 0)
            .edit("5-29", 1.5, 0)
            .leakyEdit("15-29", 0.5)
            .plan();
    ResultFolder results = run(plan, SampleRun.diverging(new FakeWorkbench(40, 4), 1.5, 7, 31, 12));

    ResultTable table = ResultTable.read(results, Report.Table.standard());
    String text = TableText.of(table);

    assertThat(table.rows().get(2).values()).isEmpty();
    assertThat(table.rows().get(2).differences()).isEmpty();
    assertThat(text)
        .contains("] diverged at layer 7, position 31, item 12 (fold 1/2)")
        .contains("[a] no-op: changes no logit of the first item\n")
        .contains("] leaky: scored on items that it was trained on")
        .contains("directional-edit [a]  ")
        .contains("5 of 7 cells done.");
    assertThat(text.lines().filter(line -> line.startsWith("directional-edit [b,c]")))
        .isNotEmpty()
        .allMatch(line -> line.matches("\\S+ \\[b,c\\] +5-29 +1\\.5( +-)+"));
  }

  @Test
  void seedsMergeToMeanAndDeviation() {
    SamplePlan plan = SamplePlan.ofItems(40);
    for (long seed = 0; seed < 3; seed++) {
      plan.baseline(seed).edit("5-29", 1.5, seed);
    }
    ResultFolder results = run(plan.plan(), new FakeWorkbench(40, 4));

    ResultTable table = ResultTable.read(results, Report.Table.standard());

    assertThat(table.rows()).hasSize(2).allMatch(row -> row.seeds() == 3);
    double[] means = new double[3];
    for (int seed = 0; seed < 3; seed++) {
      means[seed] = mean(results(results, plan.plan(), 3 * seed, "truthfulqa-mc"), "mc2");
    }
    TableRow.Value mc2 = Objects.requireNonNull(table.rows().get(0).values().get("truthfulqa/mc2"));
    assertThat(mc2.mean()).isCloseTo((means[0] + means[1] + means[2]) / 3, within(1e-12));
    assertThat(mc2.deviation()).isCloseTo(PairedComparison.deviation(means), within(1e-12));
    assertThat(TableText.of(table)).containsPattern("\\d\\d\\.\\d \\+- \\d\\.\\d");
  }

  @Test
  void columnsAndReferenceCanBeChosen() {
    ResultFolder results =
        run(
            SamplePlan.ofItems(40)
                .edit("5-29", 1.5, 0)
                .edit("random-direction", "5-29", 1.5, 0, false)
                .plan(),
            new FakeWorkbench(40, 4));

    ResultTable table =
        ResultTable.read(
            results,
            new Report.Table(
                "table", List.of(), List.of("truthfulqa/mc3"), null, "random-direction", null));

    assertThat(table.metrics().get(0).name()).isEqualTo("truthfulqa/mc3");
    assertThat(table.rows().get(0).differences()).containsOnlyKeys("truthfulqa/mc3");
    assertThat(table.rows().get(1).differences()).isEmpty();
    assertThat(TableText.of(ResultTable.read(results, Report.Table.standard())))
        .contains("No comparison: the table has no row of 'baseline'.");
    assertThatThrownBy(
            () -> ResultTable.read(results, Report.Table.standard().withColumns(List.of("x/mc9"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nothing measured is named x/mc9")
        .hasMessageContaining("truthfulqa/mc1, truthfulqa/mc2");
  }

  @Test
  void rowsOfOneMethodAreToldApartByTheKeysOfTheSpec() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    Plan plan =
        SamplePlan.ofItems(40)
            .baseline(0)
            .alias("first", "directional-edit", settings.deepCopy().put("factor", 0.0))
            .alias("second", "directional-edit", settings.deepCopy().put("factor", -8.0))
            .plan();
    ResultFolder results = run(plan, new FakeWorkbench(40, 4));

    ResultTable table =
        ResultTable.read(
            results, new Report.Table("table", List.of(), List.of(), null, "second", null));

    assertThat(table.rows())
        .extracting(TableRow::key)
        .containsExactly("baseline", "first", "second");
    assertThat(table.rows().get(2).differences()).isEmpty();
    double second = mean(results(results, plan, 2, "truthfulqa-mc"), "mc2");
    double first = mean(results(results, plan, 1, "truthfulqa-mc"), "mc2");
    assertThat(comparison(table.rows().get(1), "truthfulqa/mc2").value())
        .isCloseTo(first - second, within(1e-12));
    assertThat(TableText.of(table)).contains("vs second").contains("\nfirst ");
  }

  @Test
  void aBaselineAloneMissesNoComparison() {
    ResultFolder results = run(SamplePlan.ofItems(40).baseline(0).plan(), new FakeWorkbench(40, 4));

    assertThat(TableText.of(ResultTable.read(results, Report.Table.standard())))
        .contains("The cell is done.")
        .doesNotContain("1 cells", "No comparison");
  }

  @Test
  void rowsOfOtherItemsShowTheReferenceOnTheCommonOnes() {
    Plan plan =
        SamplePlan.ofItems(40)
            .baseline(0)
            .learning("directional-edit", JsonNodeFactory.instance.objectNode(), 0)
            .plan();
    ResultFolder results = run(plan, new FakeWorkbench(40, 4));

    ResultTable table = ResultTable.read(results, Report.Table.standard());

    PairedDifference mc1 = comparison(table.rows().get(1), "truthfulqa/mc1");
    List<ItemResult> held =
        results(results, plan, 0, "truthfulqa-mc").stream()
            .filter(result -> result.item() % 2 == 1)
            .toList();
    assertThat(mc1.items()).isEqualTo(20);
    assertThat(mc1.reference()).isCloseTo(mean(held, "mc1"), within(1e-12));
    assertThat(value(table.rows().get(0), "truthfulqa/mc1")).isNotEqualTo(mc1.reference());
    assertThat(TableText.of(table).replaceAll("\\s+", " "))
        .contains(
            "] baseline on the items that both rows scored: mc1 %.1f %% (n 20), mc2"
                .formatted(100 * mean(held, "mc1")));
    assertThat(comparison(table.rows().get(1), "wikitext/perplexity").reference()).isNull();
  }

  @Test
  void equalDifferencesDetectNothing() {
    Plan plan = SamplePlan.ofItems(40).baseline(0).edit("5-29", 0.5, 0).plan();

    ResultTable table =
        ResultTable.read(run(plan, new FakeWorkbench(40, 4)), Report.Table.standard());

    PairedDifference same = comparison(table.rows().get(1), "truthfulqa/mc1");
    assertThat(same.interval()).isEqualTo(new Interval(0, 0));
    assertThat(test(same).detectable()).isNull();
    assertThat(TableText.of(table))
        .containsPattern("mc1 detectable .*\\nbaseline .*\\n\\S+ +1\\.000 +1\\.000 +- ")
        .contains("80 % power: mc2");
    assertThat(CsvTable.of(table))
        .contains("truthfulqa/mc2 detectable")
        .doesNotContain("truthfulqa/mc1 detectable");
  }

  @Test
  void onlyTablesWithoutDifferencesSayWhyNothingIsCompared() {
    SamplePlan plan = SamplePlan.ofItems(40).baseline(0).edit("5-29", 1.5, 0);
    ResultFolder results = run(plan.plan(), new FakeWorkbench(40, 4));
    Report.Table costs = Report.Table.standard().withColumns(List.of("wikitext/perplexity"));

    assertThat(TableText.of(ResultTable.read(results, costs)).replaceAll("\\s+", " "))
        .contains("Differences from baseline are on the items that both rows scored (6)")
        .doesNotContain("No comparison", "significant");
    assertThat(
            TableText.of(
                ResultTable.read(
                    results,
                    new Report.Table("table", List.of(), List.of(), null, "other-method", null))))
        .contains("No comparison: the table has no row of 'other-method'.");
  }

  @Test
  void rowsThatDivergedAreWhyNothingIsCompared() {
    Plan plan = SamplePlan.ofItems(40).baseline(0).edit("5-29", 1.5, 0).plan();
    ResultFolder results = run(plan, SampleRun.diverging(new FakeWorkbench(40, 4), 1.5, 7, 31, 12));

    assertThat(TableText.of(ResultTable.read(results, Report.Table.standard())))
        .contains("No comparison: no row but that of 'baseline' has values.");
  }

  @Test
  void withoutARunItSaysWhatToDo() {
    assertThatThrownBy(() -> ResultTable.read(new ResultFolder(folder), Report.Table.standard()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("plan.json: run the spec first");
  }

  private ResultFolder run(Plan plan, FakeWorkbench workbench) {
    return SampleRun.run(plan, workbench, folder);
  }

  private static List<ItemResult> results(
      ResultFolder folder, Plan plan, int cell, String evaluator) {
    return folder.journal(plan.cells().get(cell)).orElseThrow().results(evaluator);
  }

  private static double value(TableRow row, String metric) {
    return Objects.requireNonNull(row.values().get(metric)).mean();
  }

  private static PairedDifference comparison(TableRow row, String metric) {
    return Objects.requireNonNull(row.differences().get(metric));
  }

  private static PairedDifference.Test test(PairedDifference difference) {
    return Objects.requireNonNull(difference.test());
  }

  private static double mean(List<ItemResult> results, String score) {
    return results.stream()
        .mapToDouble(result -> result.scores().getOrDefault(score, Double.NaN))
        .average()
        .orElseThrow();
  }
}
