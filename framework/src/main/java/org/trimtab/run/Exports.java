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
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.Training;

/**
 * Files for people and other programs, made from journals alone: the same journals give the same
 * bytes, whoever wrote them and when.
 */
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

  private final ResultFolder folder;

  Exports(ResultFolder folder) {
    this.folder = folder;
  }

  /** Whether all item files of a cell are there. */
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
      AtomicFile.write(folder.cell(cell.id()).items(cell, evaluation.name()), lines.toString());
    }
  }

  /** Writes plan.json, cells.csv and timing.csv from what the journals say now. */
  void tables(Plan plan) {
    FolderLock lock = FolderLock.acquire(folder.exportLock());
    try {
      folder.write(plan);
      Plan written = folder.plan();
      List<Optional<CellJournal>> journals = written.cells().stream().map(folder::summary).toList();
      AtomicFile.write(folder.cellsFile(), cells(written, journals));
      AtomicFile.write(folder.timingFile(), timing(written, journals));
    } finally {
      lock.close();
    }
  }

  private static String cells(Plan plan, List<Optional<CellJournal>> journals) {
    List<String> settings = FlatSettings.keys(plan.cells());
    List<String> metrics = metricColumns(plan, journals);
    List<String> header = new ArrayList<>(LABELS);
    boolean aliases = plan.hasAliases();
    if (aliases) {
      header.add("key");
    }
    for (String key : settings) {
      header.add(LABELS.contains(key) || CONTEXT.contains(key) ? "settings." + key : key);
    }
    header.addAll(CONTEXT);
    header.addAll(metrics);
    CsvText csv = new CsvText().line(header);
    for (int i = 0; i < journals.size(); i++) {
      csv.line(line(plan.cells().get(i), journals.get(i), aliases, settings, metrics));
    }
    return csv.toString();
  }

  private static List<String> line(
      Cell cell,
      Optional<CellJournal> journal,
      boolean aliases,
      List<String> settings,
      List<String> metrics) {
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

  /** Metrics as columns name them, of done cells alone: half a cell is no row of a table. */
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

  private static List<String> metricColumns(Plan plan, List<Optional<CellJournal>> journals) {
    Set<String> columns = new LinkedHashSet<>();
    List<PlannedEvaluation> evaluations =
        plan.cells().stream().flatMap(cell -> cell.evaluations().stream()).distinct().toList();
    for (PlannedEvaluation evaluation : evaluations) {
      Set<String> names = new TreeSet<>();
      for (Optional<CellJournal> journal : journals) {
        journal
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

  private static String timing(Plan plan, List<Optional<CellJournal>> journals) {
    CsvText csv =
        new CsvText()
            .line(List.of("index", "id", "label", "status", "wall_seconds", "sessions", "started"));
    for (int i = 0; i < journals.size(); i++) {
      Cell cell = plan.cells().get(i);
      Optional<CellJournal> journal = journals.get(i);
      csv.line(
          List.of(
              Integer.toString(cell.index()),
              cell.id(),
              cell.label(),
              journal.map(CellJournal::status).orElse(CellStatus.NOT_RUN).word(),
              journal.map(known -> Json.text(known.seconds())).orElse(""),
              journal.map(known -> Integer.toString(known.sessions())).orElse("0"),
              journal.map(CellJournal::started).orElse("")));
    }
    return csv.toString();
  }
}
