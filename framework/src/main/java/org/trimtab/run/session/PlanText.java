package org.trimtab.run.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.source.Datasets;
import org.trimtab.io.Numbers;
import org.trimtab.io.TextTable;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.Training;
import org.trimtab.run.CellJournal;
import org.trimtab.run.CellStatus;
import org.trimtab.run.FlatSettings;
import org.trimtab.run.ResultFolder;

/** A plan as text: what runs on what, and one line per cell. */
public final class PlanText {
  private static final int SHORT_HASH = 12;
  private static final String NONE = "-";

  private final Session session;
  private final ResultFolder results;

  private PlanText(Session session, Path results) {
    this.session = session;
    this.results = ResultFolder.of(results, session.plan());
  }

  /**
   * The text of a plan.
   *
   * @param results the folder of all results: cells that are done there are marked so
   */
  public static String of(Session session, Path results) {
    PlanText text = new PlanText(session, results);
    return text.header() + "\n" + text.cells() + text.warnings();
  }

  private String header() {
    StringBuilder text = new StringBuilder();
    text.append(session.plan().name()).append(": ").append(session.plan().question()).append('\n');
    text.append(
        "model     %s: %s, %d layers, %d wide, weights %s\n"
            .formatted(
                session.spec().model(),
                session.config().family().name(),
                session.config().layers(),
                session.config().hidden(),
                shortened(session.model().weightsSha256())));
    text.append("device    ").append(session.device()).append('\n');
    for (Datasets.Dataset dataset : session.datasets().found()) {
      text.append(
          "data      %s: %s, %s\n"
              .formatted(dataset.name(), dataset.path(), shortened(dataset.sha256())));
    }
    for (PlannedEvaluation evaluation : session.plan().evaluations()) {
      text.append("measures  %s %s\n".formatted(measured(evaluation), evaluation.settings()));
    }
    Judging.expenses(session.plan()).forEach(line -> text.append("judge     " + line + "\n"));
    return text.toString();
  }

  private static String measured(PlannedEvaluation evaluation) {
    boolean alias = !evaluation.name().equals(evaluation.evaluator());
    return evaluation.name() + (alias ? " (" + evaluation.evaluator() + ")" : "");
  }

  private String cells() {
    List<Cell> cells = session.plan().cells();
    List<Map<String, String>> settings = cells.stream().map(FlatSettings::of).toList();
    Map<String, Set<String>> values = new LinkedHashMap<>();
    settings.forEach(
        each ->
            each.forEach(
                (key, value) -> values.computeIfAbsent(key, k -> new HashSet<>()).add(value)));
    List<String> varied = new ArrayList<>();
    List<String> fixed = new ArrayList<>();
    values.forEach(
        (key, own) -> {
          own.remove(NONE);
          if (own.size() > 1) {
            varied.add(key);
          } else {
            fixed.add(key + "=" + own.stream().findFirst().orElse(NONE));
          }
        });
    List<String> names = new ArrayList<>(List.of("cell", "id", "state", "method"));
    names.addAll(varied);
    names.addAll(List.of("seed", "fold", "learns from"));
    TextTable table = new TextTable(names.toArray(String[]::new));
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      List<String> row = new ArrayList<>();
      row.addAll(List.of(Integer.toString(cell.index()), cell.id(), state(cell), cell.key()));
      for (String key : varied) {
        row.add(settings.get(i).getOrDefault(key, NONE));
      }
      row.add(Long.toString(cell.seed()));
      row.add(fold(cell.training()));
      row.add(learnsFrom(cell.training()));
      table.row(row);
    }
    String same = "The same in all cells that have them: " + String.join(", ", fixed) + "\n";
    return cells.size() + " cells\n" + table.text() + (fixed.isEmpty() ? "" : same);
  }

  /** Settings that are valid but probably unintended, once each. */
  private String warnings() {
    return session.warnings().stream()
        .map(warning -> "Warning: " + warning + ".\n")
        .collect(Collectors.joining());
  }

  private String state(Cell cell) {
    CellStatus status = results.summary(cell).map(CellJournal::status).orElse(CellStatus.NOT_RUN);
    return status == CellStatus.NOT_RUN ? "to run" : status.word();
  }

  private static String fold(@Nullable Training training) {
    return training == null || training.folds() == 1
        ? "-"
        : (training.fold() + 1) + "/" + training.folds();
  }

  private static String learnsFrom(@Nullable Training training) {
    if (training == null) {
      return "-";
    }
    String items = Numbers.count(training.items().size()) + " items of " + training.dataset();
    return items + (training.leaky() ? ", which it also scores" : "");
  }

  private static String shortened(String sha256) {
    return "sha256 " + sha256.substring(0, SHORT_HASH) + "...";
  }
}
