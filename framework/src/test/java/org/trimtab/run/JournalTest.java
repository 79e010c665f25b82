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
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
  private static final CellCost COST = new CellCost(331_776L, 640, 1.25);
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
      journal.fit(JsonNodeFactory.instance.objectNode().put("norm", 3.5), COST, null);
      journal.effect(0, Optional.empty());
      journal.end(CellEnd.failed("no luck"), Duration.ofMillis(1500));
    }
    try (Journal journal = Journal.append(file)) {
      journal.resume(SamplePlan.HERE);
      measure(journal, CHOICES, Map.of("mc1", 0.5), result(1, 0), result(3, 1));
      measure(journal, PERPLEXITY, Map.of("perplexity", 17.5), result(0, 0));
      journal.end(CellEnd.done(), Duration.ofMillis(250));
    }

    CellJournal read = read();
    assertThat(read.cell().label()).isEqualTo("directional-edit layers=5-29 factor=-1.0 fold 2/2");
    assertThat(read.cell().training()).isEqualTo(CELL.training());
    assertThat(read.noOp()).isTrue();
    assertThat(read.status()).isEqualTo(CellStatus.DONE);
    assertThat(read.seconds()).isEqualTo(1.75);
    assertThat(read.sessions()).isEqualTo(2);
    assertThat(read.metrics())
        .containsExactly(Map.entry("truthfulqa/mc1", 0.5), Map.entry("wikitext/perplexity", 17.5));
  }

  private static void measure(
      Journal journal,
      PlannedEvaluation planned,
      Map<String, Double> metrics,
      ItemResult... results) {
    journal.items(planned, List.of(results));
    journal.evaluated(planned, results.length, metrics);
  }

  /** A journal of a cell that is done. */
  private void ended() {
    try (Journal journal = Journal.append(file)) {
      journal.start(CELL, SamplePlan.HERE);
      journal.fit(JsonNodeFactory.instance.objectNode().put("norm", 3.5), COST, null);
      journal.effect(0.5, Optional.of(new GenerationTime(0.03, 0.02)));
      measure(journal, CHOICES, Map.of("mc1", 0.0), result(4, 0), result(2, 0), result(3, 0));
      measure(journal, PERPLEXITY, Map.of("perplexity", 17.5), result(0, 0));
      journal.end(CellEnd.done(), Duration.ofMillis(250));
    }
  }

  private static UnaryOperator<String> without(String beginning) {
    return text ->
        text.lines()
            .filter(line -> !line.startsWith(beginning))
            .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void aChangedDigitIsFoundInEveryLine() throws IOException {
    ended();
    byte[] sound = Files.readAllBytes(file);
    int line = 1;
    for (int i = 0; i < sound.length; i++) {
      if (sound[i] >= '0' && sound[i] <= '9') {
        byte[] changed = sound.clone();
        changed[i] = (byte) (sound[i] == '9' ? '0' : sound[i] + 1);
        Files.write(file, changed);
        for (boolean withItems : new boolean[] {true, false}) {
          assertThatThrownBy(() -> JournalReader.read(file, CELL.id(), withItems))
              .isInstanceOf(UserException.class)
              .hasMessageContaining("journal.jsonl:" + line + ": the journal is damaged");
        }
      }
      line += sound[i] == '\n' ? 1 : 0;
    }
  }

  @Test
  void aLineThatIsLostMovedOrRepeatedIsFound() throws IOException {
    ended();
    List<String> sound = Files.readAllLines(file);
    for (int i = 0; i < sound.size() - 1; i++) {
      List<String> lost = new ArrayList<>(sound);
      lost.remove(i);
      List<String> swapped = new ArrayList<>(sound);
      Collections.swap(swapped, i, i + 1);
      List<String> repeated = new ArrayList<>(sound);
      repeated.add(i, sound.get(i));
      for (List<String> lines : List.of(lost, swapped, repeated)) {
        Files.write(file, lines);
        assertThatThrownBy(this::read)
            .isInstanceOf(UserException.class)
            .hasMessageContaining(": the journal is damaged");
      }
    }
  }

  @Test
  void aJournalCutAnywhereIsReadToItsLastWholeLine() throws IOException {
    ended();
    byte[] sound = Files.readAllBytes(file);
    for (int cut = 0; cut < sound.length; cut += 7) {
      Files.write(file, Arrays.copyOf(sound, cut));
      assertThat(JournalReader.read(file, CELL.id(), true).map(CellJournal::status))
          .isIn(Optional.empty(), Optional.of(CellStatus.INCOMPLETE));
    }
  }

  /** With right checks, as no fault of a disk leaves it. */
  @Test
  void aDoneCellHasEverythingThatItPlannedOnce() throws IOException {
    Map<UnaryOperator<String>, String> changes = new LinkedHashMap<>();
    changes.put(
        text -> text.replaceAll("\"kind\":\"evaluated\"(.*perplexity)", "\"kind\":\"evaluate\"$1"),
        ":9: the journal is damaged: there is no kind of line 'evaluate'");
    changes.put(
        without("{\"kind\":\"evaluated\",\"evaluation\":\"perplexity\""),
        ":9: the journal is damaged: the cell ended as done without metrics of perplexity");
    changes.put(without("{\"kind\":\"fit\""), "the cell ended as done without a fit or its effect");
    changes.put(
        without("{\"kind\":\"effect\""), "the cell ended as done without a fit or its effect");
    changes.put(
        without("{\"kind\":\"item\",\"evaluation\":\"truthfulqa-mc\",\"item\":2"),
        "the metrics of truthfulqa-mc are of 3 items, and there are lines of 2");
    changes.put(text -> text.replace("\"item\":2", "\"item\":3"), "item 3 was scored twice");
    changes.put(
        text -> text.replace("\"item\":2", "\"item\":\"2\""),
        "item: expected an integer from 0, found \"2\"");
    changes.put(
        text -> text.replace("\"evaluation\":\"perplexity\"", "\"evaluation\":\"perplexities\""),
        "the cell has no evaluation 'perplexities'");
    changes.put(
        text -> text.replace("\"fold\":1,\"leaky\"", "\"fold\":0,\"leaky\""),
        "has the identity of ");
    for (Map.Entry<UnaryOperator<String>, String> change : changes.entrySet()) {
      Files.deleteIfExists(file);
      ended();
      String before = Files.readString(file);
      Resealed.write(file, change.getKey().apply(before));
      assertThat(file).content().isNotEqualTo(before);
      assertThatThrownBy(this::read)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("journal.jsonl:")
          .hasMessageContaining(change.getValue());
    }
  }

  @Test
  void aLaterGradeTakesThePlaceOfTheEarlierOne() {
    ended();
    try (Journal journal = Journal.append(file)) {
      journal.graded(CHOICES, List.of(result(2, 1)));
      journal.evaluated(CHOICES, 3, Map.of("mc1", 0.25));
    }

    CellJournal read = read();
    assertThat(read.status()).isEqualTo(CellStatus.DONE);
    assertThat(read.results("truthfulqa-mc"))
        .containsExactly(result(4, 0), result(2, 1), result(3, 0));
    assertThat(read.metrics()).containsEntry("truthfulqa/mc1", 0.25);

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
      assertThatThrownBy(() -> journal.fit(facts, COST, null))
          .isInstanceOf(NonFiniteException.class);
    }
    assertThat(read().facts()).isNull();
  }

  @Test
  void whatACellCostsIsKept() {
    ended();
    assertThat(read().cost()).isEqualTo(COST);
    assertThat(read().generation()).isEqualTo(new GenerationTime(0.03, 0.02));
  }

  @Test
  void aJournalOfAVersionThatMeasuredNoCostIsRead() throws IOException {
    ended();
    String before =
        Files.readString(file)
            .replaceFirst(",\"cost\":\\{[^}]*}", "")
            .replaceFirst(",\"generation\":\\{[^}]*}", "");
    assertThat(before).doesNotContain("fitSeconds", "unmodified");
    Resealed.write(file, before);

    assertThat(read().status()).isEqualTo(CellStatus.DONE);
    assertThat(read().effect()).isEqualTo(0.5);
    assertThat(read().cost()).isNull();
    assertThat(read().generation()).isNull();
  }

  @Test
  void aTornLastLineIsDroppedAndCutOff() throws IOException {
    started();
    Files.writeString(file, "{\"kind\":\"item\",\"eval", StandardOpenOption.APPEND);
    assertThat(read().status()).isEqualTo(CellStatus.INCOMPLETE);
    try (Journal journal = Journal.append(file)) {
      journal.end(CellEnd.failed("no luck"), Duration.ZERO);
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(read().status()).isEqualTo(CellStatus.FAILED);
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
            "{\"kind\":\"item\",\"evaluation\":\"e\",\"item\":1,\"scores\":{},\"details\":7}",
            "{\"kind\":\"effect\",\"change\":1.0} {}")) {
      Files.deleteIfExists(file);
      started();
      Resealed.write(file, Files.readString(file) + line + "\n");
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
    Resealed.write(file, Files.readString(file).replace("\"format\":2", "\"format\":3"));
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "journal.jsonl:1: the journal has format 3; this version reads and writes format 2");
  }

  @Test
  void aJournalWithoutChecksIsRefusedAsOneOfAnEarlierVersion() throws IOException {
    started();
    String text = Files.readString(file).replaceAll(",\"check\":\"[0-9a-f]+\"", "");
    Files.writeString(file, text.replace("\"format\":2", "\"format\":1"));
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("journal.jsonl:1: the journal has format 1; this version reads");
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
