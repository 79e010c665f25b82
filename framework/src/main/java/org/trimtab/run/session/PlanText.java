package org.trimtab.run.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
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
    List<String> names = new ArrayList<>(List.of("cell", "id", "state", "method"));
    List<Function<Cell, String>> columns = new ArrayList<>();
    columns.add(cell -> Integer.toString(cell.index()));
    columns.add(Cell::id);
    columns.add(this::state);
    columns.add(Cell::key);
    StringBuilder fixed = new StringBuilder();
    for (String key : FlatSettings.keys(cells)) {
      Set<String> values = new LinkedHashSet<>();
      cells.forEach(cell -> values.add(FlatSettings.of(cell).getOrDefault(key, "-")));
      values.remove("-");
      if (values.size() > 1) {
        names.add(key);
        columns.add(cell -> FlatSettings.of(cell).getOrDefault(key, "-"));
      } else {
        fixed.append(fixed.isEmpty() ? "" : ", ").append(key).append('=');
        fixed.append(values.iterator().next());
      }
    }
    names.addAll(List.of("seed", "fold", "learns from"));
    columns.add(cell -> Long.toString(cell.seed()));
    columns.add(cell -> fold(cell.training()));
    columns.add(cell -> learnsFrom(cell.training()));
    TextTable table = new TextTable(names.toArray(String[]::new));
    cells.forEach(cell -> table.row(columns.stream().map(of -> of.apply(cell)).toList()));
    return cells.size()
        + " cells\n"
        + table.text()
        + (fixed.isEmpty() ? "" : "The same in all cells that have them: " + fixed + "\n");
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
