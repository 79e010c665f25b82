package org.trimtab.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.Training;
import org.trimtab.run.CellEnd;
import org.trimtab.run.CellStatus;
import org.trimtab.run.FlatSettings;

/** The cells of one method with one setting, its folds and seeds: what tells their row apart. */
final class SettingGroup {
  private static final String NO_OP = "no-op: changes no logit of the first item";

  static final String FOLD = "fold";
  static final String SEED = "seed";

  private final List<ScoredCell> cells;
  private final Collection<String> apart;

  /** The group of items that the row is restricted to, with its value; mostly empty. */
  private final Map<String, String> part;

  private SettingGroup(List<ScoredCell> cells, Collection<String> apart, Map<String, String> part) {
    this.cells = cells;
    this.apart = apart;
    this.part = part;
  }

  /** The same cells with the items alone that have a value in a group of items. */
  SettingGroup only(String group, String value) {
    return new SettingGroup(cells, apart, Map.of(group, value));
  }

  /**
   * The groups in the order of their first cells.
   *
   * @param apart what is not merged: {@code fold}, {@code seed}, both or neither
   */
  static List<SettingGroup> of(List<ScoredCell> cells, Collection<String> apart) {
    Map<List<Object>, List<ScoredCell>> groups = new LinkedHashMap<>();
    for (ScoredCell cell : cells) {
      Training training = cell.cell().training();
      boolean leaky = training != null && training.leaky();
      List<Object> key = List.of(cell.cell().key(), settings(cell.cell(), apart), leaky);
      groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(cell);
    }
    return groups.values().stream().map(group -> new SettingGroup(group, apart, Map.of())).toList();
  }

  private static Map<String, String> settings(Cell cell, Collection<String> apart) {
    Map<String, String> settings = new LinkedHashMap<>(FlatSettings.of(cell));
    Training training = cell.training();
    if (training != null) {
      settings.put("train", training.dataset() + " " + part(training, settings));
      if (apart.contains(FOLD) && training.folds() > 1) {
        settings.put(FOLD, fold(training));
      }
    }
    if (apart.contains(SEED)) {
      settings.put(SEED, Long.toString(cell.seed()));
    }
    return settings;
  }

  /** What of a data set a cell learns from; a share is of other items for every seed. */
  private static String part(Training training, Map<String, String> settings) {
    if (training.folds() > 1) {
      return training.folds()
          + (training.overlapping()
              ? " splits, learning from " + training.withheld().size()
              : " folds");
    }
    String share = settings.get("train.share");
    return share == null ? "items " + training.items() : share;
  }

  private static String fold(Training training) {
    return (training.fold() + 1) + "/" + training.folds();
  }

  String key() {
    return cells.get(0).cell().key();
  }

  String method() {
    return cells.get(0).cell().method();
  }

  Map<String, String> settings() {
    Map<String, String> settings = settings(cells.get(0).cell(), apart);
    settings.putAll(part);
    return settings;
  }

  /**
   * Whether another group may be what this one is compared with: of its seed and fold, if apart.
   */
  boolean matches(SettingGroup reference) {
    Map<String, String> own = settings();
    Map<String, String> other = reference.settings();
    return part.equals(reference.part)
        && List.of(FOLD, SEED).stream()
            .allMatch(key -> !other.containsKey(key) || other.get(key).equals(own.get(key)));
  }

  /** Its cells' ids in plan order. */
  List<String> ids() {
    return cells.stream().map(cell -> cell.cell().id()).toList();
  }

  /** Whether some cell scores items that it was trained on. */
  boolean leaky() {
    return cells.stream().map(cell -> cell.cell().training()).anyMatch(t -> t != null && t.leaky());
  }

  /** Whether it is another method with one thing broken on purpose. */
  boolean control() {
    return cells.get(0).cell().settings().has("like");
  }

  /** The places of its cells in the plan. */
  List<Integer> indices() {
    return cells.stream().map(ScoredCell::index).toList();
  }

  /** Whether the group has values to show: a diverged cell takes those of its whole row. */
  boolean hasValues() {
    return cells.stream().anyMatch(ScoredCell::done)
        && cells.stream().noneMatch(cell -> cell.status() == CellStatus.DIVERGED);
  }

  /** Whether its cells are random splits, of which several may score the same item. */
  boolean splits() {
    return cells.stream()
        .map(cell -> cell.cell().training())
        .allMatch(training -> training != null && training.overlapping());
  }

  /** What its cells cost. */
  RowCost cost() {
    return RowCost.of(cells);
  }

  /** The evaluation whose items a row counts. */
  PlannedEvaluation firstEvaluation() {
    return cells.get(0).cell().evaluations().get(0);
  }

  /** What the reader must know of these cells. */
  List<String> notes(boolean reference) {
    LinkedHashSet<String> notes = new LinkedHashSet<>();
    for (ScoredCell cell : cells) {
      CellEnd end = cell.end();
      String where = where(cell.cell());
      if (end != null && end.status() == CellStatus.DIVERGED) {
        notes.add(diverged(end) + where);
      } else if (end != null && end.status() == CellStatus.FAILED) {
        notes.add("failed" + where + ": " + end.reason());
      } else if (!cell.done()) {
        notes.add((cell.status() == CellStatus.NOT_RUN ? "not run yet" : "not complete") + where);
      }
    }
    List<ScoredCell> noOps = cells.stream().filter(ScoredCell::noOp).toList();
    if (!reference && noOps.size() == cells.size()) {
      notes.add(NO_OP);
    } else if (!reference) {
      noOps.forEach(cell -> notes.add(NO_OP + where(cell.cell())));
    }
    for (ScoredCell cell : cells) {
      long ungraded = cell.ungraded();
      if (ungraded > 0) {
        notes.add(ungraded + " answers are ungraded" + where(cell.cell()));
      }
    }
    cells.stream()
        .map(ScoredCell::oracle)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(used -> notes.add("oracle: " + used));
    if (leaky()) {
      notes.add("leaky: scored on items that it was trained on");
    }
    return List.copyOf(notes);
  }

  private static String diverged(CellEnd end) {
    if (end.layer() == null) {
      return "diverged: " + end.reason();
    }
    return "diverged at layer "
        + end.layer()
        + ", position "
        + end.position()
        + ", item "
        + end.item();
  }

  /** Which cell of the row: empty when there is but one. */
  private String where(Cell cell) {
    if (cells.size() == 1) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    Training training = cell.training();
    if (training != null && training.folds() > 1) {
      parts.add(training.place());
    }
    if (cells.stream().map(other -> other.cell().seed()).distinct().count() > 1) {
      parts.add("seed " + cell.seed());
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }
}
