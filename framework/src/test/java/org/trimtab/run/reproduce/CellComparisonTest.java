package org.trimtab.run.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.plan.Plan;
import org.trimtab.run.FakeWorkbench;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.SamplePlan;
import org.trimtab.run.SampleRun;

class CellComparisonTest {
  @TempDir private Path folder;

  @Test
  void evaluationsUnderAliasesAreCompared() {
    Plan plan = SamplePlan.ofItems(8).scoredBy(List.of("easy", "hard")).baseline(0).plan();
    ResultFolder was = SampleRun.run(plan, new FakeWorkbench(8, 4), folder.resolve("was"));
    ResultFolder now = SampleRun.run(plan, new FakeWorkbench(8, 4), folder.resolve("now"));

    CellComparison comparison =
        CellComparison.of(
            was.journal(plan.cells().get(0)).orElseThrow(), now.journal(plan.cells().get(0)));

    assertThat(comparison.equal()).isTrue();
    assertThat(comparison.evaluations())
        .extracting(EvaluationComparison::evaluation)
        .containsExactly("easy", "hard");
    assertThat(comparison.evaluations()).extracting(EvaluationComparison::items).containsOnly(8);
    assertThat(comparison.evaluations()).allMatch(each -> each.values() > 8);
  }
}
