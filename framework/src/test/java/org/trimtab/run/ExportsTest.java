package org.trimtab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.io.Csv;
import org.trimtab.io.Json;
import org.trimtab.plan.Plan;

class ExportsTest {
  @TempDir private Path folder;

  @Test
  void cellsHaveOneLineEachWithLabelsStatusAndMetrics() throws IOException {
    Plan plan = SamplePlan.ofItems(8).baseline(0).edit("5-29", 1.5, 0).plan();
    Runner.run(
        plan,
        () -> new FakeWorkbench(8, 4),
        folder,
        RunOptions.some(plan, "0-1", SamplePlan.HERE),
        Progress.SILENT,
        new Interrupt());

    List<String> lines = Files.readAllLines(folder.resolve("sample-sweep/cells.csv"));
    assertThat(lines.get(0))
        .isEqualTo(
            "index,id,method,layers,factor,direction.hidden_state,train.dataset,train.items,"
                + "train.fold,train.folds,train.leaky,seed,status,no_op,truthfulqa/mc1,"
                + "truthfulqa/mc2,truthfulqa/mc3,truthfulqa-mc/items,wikitext/perplexity,"
                + "perplexity/items");
    assertThat(lines.get(1)).contains(",baseline,,,,,,,,,0,done,true,0.").endsWith(",6");
    assertThat(lines.get(2))
        .contains(",directional-edit,5-29,1.5,18,truthfulqa,\"1,3,5,7\",0,2,false,0,done,false,");
    assertThat(lines.get(3)).contains(",1,2,false,0,not-run,,,,");
    assertThat(lines).hasSize(4);
    ResultFolder results = new ResultFolder(folder.resolve("sample-sweep"));
    CellJournal journal = results.journal(plan.cells().get(1)).orElseThrow();
    assertThat(lines.get(2))
        .contains("," + journal.metrics().get("truthfulqa/mc2") + ",")
        .contains("," + journal.metrics().get("wikitext/perplexity") + ",");
    assertThat(Files.readAllLines(results.timingFile()).get(2))
        .contains("directional-edit layers=5-29 factor=1.5 fold 1/2,done,");
    assertThat(results.plan().cells())
        .extracting(cell -> cell.id())
        .containsExactlyElementsOf(plan.cells().stream().map(cell -> cell.id()).toList());
  }

  @Test
  void aliasesStandBesideTheMethodsThatTheyAreOf() throws IOException {
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("factor", 1.5);
    Plan plan =
        SamplePlan.ofItems(8).baseline(0).alias("mine", "directional-edit", settings).plan();
    SampleRun.run(plan, new FakeWorkbench(8, 4), folder);

    List<String> lines = Files.readAllLines(folder.resolve("sample-sweep/cells.csv"));
    assertThat(lines.get(0)).startsWith("index,id,method,key,factor,");
    assertThat(lines.get(1)).contains(",baseline,baseline,");
    assertThat(lines.get(2)).contains(",directional-edit,mine,1.5,");
  }

  @Test
  void aPlanWithOneChangedDigitALostLineOrNoCheckIsRefused() throws IOException {
    Plan plan = SamplePlan.ofItems(8).baseline(0).plan();
    ResultFolder results = SampleRun.run(plan, new FakeWorkbench(8, 4), folder);
    String sound = Files.readString(results.planFile());
    List<String> damaged = new ArrayList<>();
    for (int i = 0; i < sound.length(); i++) {
      char c = sound.charAt(i);
      if (c >= '0' && c <= '9') {
        damaged.add(
            sound.substring(0, i) + (c == '9' ? '0' : c + 1 - '0') + sound.substring(i + 1));
      }
    }
    damaged.add(sound.replaceFirst(" *\"seed\" : 0,\n", ""));
    damaged.add(sound.replaceFirst(",\n *\"check\" : \"[0-9a-f]*\"", ""));
    damaged.add(sound.substring(0, sound.length() / 2));
    damaged.add("{}");
    damaged.add("");
    for (String text : damaged) {
      assertThat(text).isNotEqualTo(sound);
      Files.writeString(results.planFile(), text);
      assertThatThrownBy(results::plan)
          .isInstanceOf(UserException.class)
          .message()
          .matches("(?s).*plan.json:\\d+: the plan is damaged: .*");
    }
    Files.writeString(results.planFile(), sound);
    assertThat(results.plan().cells()).hasSize(1);
  }

  @Test
  void csvQuotesWhatNeedsQuotes() {
    assertThat(Csv.line(List.of("plain", "a,b", "say \"x\"", "two\nlines", "")))
        .isEqualTo("plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\n");
  }

  @Test
  void doublesAreWrittenAsShortAsTheyReadBack() {
    assertThat(Json.text(2e-3)).isEqualTo("0.002");
    assertThat(Json.text(2.0E-3 * 10)).isEqualTo("0.02");
    assertThat(Json.text(2.0E22)).isEqualTo("2.0E22");
    assertThat(Json.text(0.1 + 0.2)).isEqualTo("0.30000000000000004");
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void namedPipesInAFolderOfResultsAreNotOpened() throws Exception {
    Plan plan = SamplePlan.ofItems(8).baseline(0).plan();
    ResultFolder results = SampleRun.run(plan, new FakeWorkbench(8, 4), folder);
    Path journal =
        results.path().resolve("cells").resolve(plan.cells().get(0).id()).resolve("journal.jsonl");
    for (Path file : List.of(journal, results.planFile())) {
      Files.delete(file);
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    }

    assertThatThrownBy(() -> results.journal(plan.cells().get(0)))
        .isInstanceOf(UserException.class)
        .hasMessage(journal + ": not a regular file (a named pipe, socket or device)");
    assertThatThrownBy(results::plan)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("plan.json: not a regular file");
  }
}
