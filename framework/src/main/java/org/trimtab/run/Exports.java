package org.trimtab.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.io.Csv;
import org.trimtab.io.FileStamp;
import org.trimtab.io.FolderLock;
import org.trimtab.io.Json;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.Training;

/** Exported files, made from journals alone: the same journals give the same bytes. */
final class Exports {
  private static final List<String> LABELS = List.of("index", "id", "method");
  private static final List<String> CONTEXT =
      List.of(
          "train.dataset",
          "train.items",
          "train.fold",
          "train.folds",
          "train.leaky",
          "seed",
          "status",
          "no_op");
  private static final List<String> TIMING =
      List.of("index", "id", "label", "status", "wall_seconds", "sessions", "started");

  private final ResultFolder folder;
  private final Snapshot snapshot;
  private final String planText;

  /** The plan as read back, so that its numbers have the types that every reader finds. */
  private final Plan plan;

  private final List<PlannedEvaluation> evaluations;
  private final boolean aliases;
  private final List<String> settings;
  private final Map<String, Row> rows = new HashMap<>();
  private List<String> metrics = List.of();
  private @Nullable FileStamp planStamp;

  /**
   * A cell's lines in the tables.
   *
   * @param stamp the file of the journal that they are made from
   */
  private record Row(FileStamp stamp, String cell, String timing) {}

  Exports(ResultFolder folder, Plan plan, Snapshot snapshot) {
    this.folder = folder;
    this.snapshot = snapshot;
    this.planText = ResultFolder.text(plan);
    this.plan = ResultFolder.plan(planText);
    this.evaluations = this.plan.evaluations();
    this.aliases = this.plan.hasAliases();
    this.settings = FlatSettings.keys(this.plan.cells());
  }

  /** Whether all item files of a cell exist. */
  boolean hasItems(Cell cell) {
    return cell.evaluations().stream()
        .allMatch(
            evaluation -> Files.exists(folder.cell(cell.id()).items(cell, evaluation.name())));
  }

  /** Writes the items of a cell that is done; the caller holds the cell's lock. */
  void items(CellJournal journal) {
    Cell cell = journal.cell();
    for (PlannedEvaluation evaluation : cell.evaluations()) {
      List<ItemResult> results = new ArrayList<>(journal.results(evaluation.name()));
      results.sort(Comparator.comparingInt(ItemResult::item));
      StringBuilder lines = new StringBuilder();
      for (ItemResult result : results) {
        ObjectNode line = Json.MAPPER.createObjectNode().put("item", result.item());
        line.setAll(result.details());
        line.set("scores", Json.MAPPER.valueToTree(result.scores()));
        lines.append(Json.line(line)).append('\n');
      }
      ResultFolder.write(folder.cell(cell.id()).items(cell, evaluation.name()), lines.toString());
    }
  }

  /**
   * Writes cells.csv and timing.csv from the journals, and plan.json if it differs. Only journals
   * that have changed since the last call are read, and only their lines are made again.
   */
  void tables() {
    FolderLock lock = FolderLock.acquire(folder.exportLock());
    try {
      writePlan();
      List<Snapshot.Seen> journals = plan.cells().stream().map(snapshot::look).toList();
      List<String> columns = metricColumns(journals);
      if (!columns.equals(metrics)) {
        metrics = columns;
        rows.clear();
      }
      StringBuilder cells = new StringBuilder(Csv.line(header()));
      StringBuilder timing = new StringBuilder(Csv.line(TIMING));
      for (int i = 0; i < journals.size(); i++) {
        Row row = row(plan.cells().get(i), journals.get(i));
        cells.append(row.cell());
        timing.append(row.timing());
      }
      ResultFolder.write(folder.cellsFile(), cells.toString());
      ResultFolder.write(folder.timingFile(), timing.toString());
    } finally {
      lock.close();
    }
  }

  /** Once per run, unless another process writes another plan meanwhile. */
  private void writePlan() {
    if (!FileStamp.of(folder.planFile()).equals(planStamp)) {
      folder.writePlan(planText);
      planStamp = FileStamp.of(folder.planFile());
    }
  }

  private Row row(Cell cell, Snapshot.Seen seen) {
    Row known = rows.get(cell.id());
    if (known == null || !known.stamp().equals(seen.stamp())) {
      String line = Csv.line(line(cell, seen.journal()));
      known = new Row(seen.stamp(), line, Csv.line(timing(cell, seen.journal())));
      rows.put(cell.id(), known);
    }
    return known;
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(LABELS);
    if (aliases) {
      header.add("key");
    }
    for (String key : settings) {
      header.add(LABELS.contains(key) || CONTEXT.contains(key) ? "settings." + key : key);
    }
    header.addAll(CONTEXT);
    header.addAll(metrics);
    return header;
  }

  private List<String> line(Cell cell, Optional<CellJournal> journal) {
    List<String> line = new ArrayList<>();
    line.add(Integer.toString(cell.index()));
    line.add(cell.id());
    line.add(cell.method());
    if (aliases) {
      line.add(cell.key());
    }
    Map<String, String> flat = FlatSettings.of(cell);
    settings.forEach(key -> line.add(flat.getOrDefault(key, "")));
    Training training = cell.training();
    line.add(training == null ? "" : training.dataset());
    line.add(training == null ? "" : training.items().toString());
    line.add(training == null ? "" : Integer.toString(training.fold()));
    line.add(training == null ? "" : Integer.toString(training.folds()));
    line.add(training == null ? "" : Boolean.toString(training.leaky()));
    line.add(Long.toString(cell.seed()));
    line.add(journal.map(CellJournal::status).orElse(CellStatus.NOT_RUN).word());
    line.add(journal.map(CellJournal::noOp).map(String::valueOf).orElse(""));
    Map<String, String> values = journal.map(known -> values(cell, known)).orElse(Map.of());
    metrics.forEach(name -> line.add(values.getOrDefault(name, "")));
    return line;
  }

  /** Metrics by column, of done cells only: an incomplete cell is not a row of a table. */
  private static Map<String, String> values(Cell cell, CellJournal journal) {
    Map<String, String> values = new HashMap<>();
    if (journal.status() != CellStatus.DONE) {
      return values;
    }
    journal.metrics().forEach((name, value) -> values.put(name, Json.text(value)));
    for (PlannedEvaluation evaluation : cell.evaluations()) {
      CellJournal.Evaluated evaluated = journal.evaluated().get(evaluation.name());
      if (evaluated != null) {
        values.put(itemsColumn(evaluation), Integer.toString(evaluated.items()));
      }
    }
    return values;
  }

  private List<String> metricColumns(List<Snapshot.Seen> journals) {
    Set<String> columns = new LinkedHashSet<>();
    for (PlannedEvaluation evaluation : evaluations) {
      Set<String> names = new TreeSet<>();
      for (Snapshot.Seen seen : journals) {
        seen.journal()
            .filter(known -> known.status() == CellStatus.DONE)
            .map(known -> known.evaluated().get(evaluation.name()))
            .ifPresent(evaluated -> names.addAll(evaluated.metrics().keySet()));
      }
      names.forEach(name -> columns.add(evaluation.metricPrefix() + "/" + name));
      columns.add(itemsColumn(evaluation));
    }
    return List.copyOf(columns);
  }

  private static String itemsColumn(PlannedEvaluation evaluation) {
    return evaluation.name() + "/items";
  }

  private static List<String> timing(Cell cell, Optional<CellJournal> journal) {
    return List.of(
        Integer.toString(cell.index()),
        cell.id(),
        cell.label(),
        journal.map(CellJournal::status).orElse(CellStatus.NOT_RUN).word(),
        journal.map(known -> Json.text(known.seconds())).orElse(""),
        journal.map(known -> Integer.toString(known.sessions())).orElse("0"),
        journal.map(CellJournal::started).orElse(""));
  }
}
