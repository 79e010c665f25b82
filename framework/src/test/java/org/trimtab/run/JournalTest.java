package org.trimtab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.model.kernel.Machine;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.random.CounterRandom;

class JournalTest {
  private static final List<Cell> CELLS = SamplePlan.sweep(10).cells();
  private static final Cell CELL = CELLS.get(2);
  private static final PlannedEvaluation CHOICES = CELL.evaluations().get(0);
  private static final PlannedEvaluation PERPLEXITY = CELL.evaluations().get(1);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void begin() {
    file = folder.resolve("journal.jsonl");
  }

  @Test
  void everyDoubleReadsBackAsTheSameBits() {
    CounterRandom random = CounterRandom.of(0, "doubles");
    List<ItemResult> results = new ArrayList<>();
    for (int item = 0; item < 2000; item++) {
      double value = Double.longBitsToDouble(random.bits(item) & 0xFFEFFFFFFFFFFFFFL);
      ObjectNode details = JsonNodeFactory.instance.objectNode().put("value", value);
      results.add(new ItemResult(item, details, Map.of("mc2", value)));
    }
    try (Journal journal = Journal.append(file)) {
      journal.start(CELL, SamplePlan.HERE);
      journal.items(CHOICES, results);
    }

    for (ItemResult read : read().results("truthfulqa-mc")) {
      double written = results.get(read.item()).scores().getOrDefault("mc2", 0.0);
      assertThat(Double.doubleToRawLongBits(read.scores().getOrDefault("mc2", 0.0)))
          .isEqualTo(Double.doubleToRawLongBits(written));
      assertThat(Double.doubleToRawLongBits(read.details().get("value").doubleValue()))
          .isEqualTo(Double.doubleToRawLongBits(written));
    }
  }

  @Test
  void remembersTheCellAndHowItEnded() {
    try (Journal journal = Journal.append(file)) {
      journal.start(CELL, SamplePlan.HERE);
      journal.fit(JsonNodeFactory.instance.objectNode().put("norm", 3.5));
      journal.effect(0);
      journal.end(CellEnd.failed("no luck"), Duration.ofMillis(1500));
    }
    try (Journal journal = Journal.append(file)) {
      journal.resume(SamplePlan.HERE);
      journal.evaluated(PERPLEXITY, 6, Map.of("perplexity", 17.5));
      journal.end(CellEnd.done(), Duration.ofMillis(250));
    }

    CellJournal read = read();
    assertThat(read.cell().label()).isEqualTo("directional-edit layers=5-29 factor=-1.0 fold 2/2");
    assertThat(read.cell().training()).isEqualTo(CELL.training());
    assertThat(read.noOp()).isTrue();
    assertThat(read.status()).isEqualTo(CellStatus.DONE);
    assertThat(read.seconds()).isEqualTo(1.75);
    assertThat(read.sessions()).isEqualTo(2);
    assertThat(read.metrics()).containsExactly(Map.entry("wikitext/perplexity", 17.5));
  }

  @Test
  void aLaterGradeTakesThePlaceOfTheEarlierOne() {
    try (Journal journal = Journal.append(file)) {
      journal.start(CELL, SamplePlan.HERE);
      journal.items(CHOICES, List.of(result(4, 0), result(2, 0), result(3, 0)));
      journal.evaluated(CHOICES, 3, Map.of("mc1", 0.0));
      journal.end(CellEnd.done(), Duration.ofMillis(250));
    }
    try (Journal journal = Journal.append(file)) {
      journal.graded(CHOICES, List.of(result(2, 1)));
      journal.evaluated(CHOICES, 3, Map.of("mc1", 0.25));
    }

    CellJournal read = read();
    assertThat(read.status()).isEqualTo(CellStatus.DONE);
    assertThat(read.results("truthfulqa-mc"))
        .containsExactly(result(4, 0), result(2, 1), result(3, 0));
    assertThat(read.metrics()).containsExactly(Map.entry("truthfulqa/mc1", 0.25));

    try (Journal journal = Journal.append(file)) {
      journal.graded(CHOICES, List.of(result(9, 1)));
    }
    assertThatThrownBy(this::read).hasMessageContaining("item 9 was graded and never scored");
  }

  private static ItemResult result(int item, double mc1) {
    return new ItemResult(item, JsonNodeFactory.instance.objectNode(), Map.of("mc1", mc1));
  }

  @Test
  void aFitThatIsNotFiniteIsNotWritten() {
    started();
    try (Journal journal = Journal.append(file)) {
      ObjectNode facts = JsonNodeFactory.instance.objectNode();
      facts.putArray("norms").add(1.5).add(Double.NaN);
      assertThatThrownBy(() -> journal.fit(facts)).isInstanceOf(NonFiniteException.class);
    }
    assertThat(read().facts()).isNull();
  }

  @Test
  void aTornLastLineIsDroppedAndCutOff() throws IOException {
    started();
    Files.writeString(file, "{\"kind\":\"item\",\"eval", StandardOpenOption.APPEND);
    assertThat(read().status()).isEqualTo(CellStatus.INCOMPLETE);
    try (Journal journal = Journal.append(file)) {
      journal.end(CellEnd.done(), Duration.ZERO);
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(read().status()).isEqualTo(CellStatus.DONE);
  }

  @Test
  void garbageInTheMiddleIsRefusedWithTheLineAndTheWayOut() throws IOException {
    started();
    Files.writeString(
        file, "\0\0{\"kind\"\n{\"kind\":\"effect\",\"change\":1.0}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("journal.jsonl:2: the journal is damaged")
        .hasMessageContaining("Move the folder " + folder);
  }

  @Test
  void unknownLinesAndTextForNumbersAreRefused() throws IOException {
    for (String line :
        List.of(
            "{\"kind\":\"guess\"}",
            "{\"kind\":\"effect\",\"change\":\"NaN\"}",
            "{\"kind\":\"effect\"}",
            "[]",
            "{\"kind\":\"item\",\"evaluation\":\"e\",\"item\":1,\"scores\":{},\"details\":7}",
            "{\"kind\":\"effect\",\"change\":1.0} {}")) {
      Files.deleteIfExists(file);
      started();
      Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
      assertThatThrownBy(this::read)
          .as(line)
          .isInstanceOf(UserException.class)
          .hasMessageContaining(":2: the journal is damaged");
    }
  }

  @Test
  void theJournalOfAnotherCellIsRefused() {
    started();
    assertThatThrownBy(() -> JournalReader.read(file, CELLS.get(3).id(), true))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it is of cell " + CELL.id() + ", not of " + CELLS.get(3).id());
  }

  @Test
  void theMachineReadsBackAsItWasWritten() {
    Machine machine = new Machine("Abacus 9", 8, 4, "cu128", "Slate", "570.1");
    Environment environment =
        new Environment(
            "17",
            "Linux",
            "PyTorch 2.7.1",
            "gpu:0",
            "c",
            "V",
            "1",
            "0.21",
            machine,
            Collections.emptySortedMap());
    try (Journal journal = Journal.append(file)) {
      journal.start(CELL, environment);
    }
    assertThat(read().environment()).isEqualTo(environment);
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    started();
    Files.writeString(file, Files.readString(file).replace("\"format\":1", "\"format\":2"));
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has format 2; this version reads and writes format 1");
  }

  private void started() {
    try (Journal journal = Journal.append(file)) {
      journal.start(CELL, SamplePlan.HERE);
    }
  }

  private CellJournal read() {
    return JournalReader.read(file, CELL.id(), true).orElseThrow();
  }
}
