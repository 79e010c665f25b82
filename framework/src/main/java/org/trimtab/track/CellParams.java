package org.trimtab.track;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.Training;
import org.trimtab.run.FlatSettings;
import org.trimtab.track.RunContent.Digest;

/**
 * The params of a cell's run: the same keys for every cell of a sweep, since MLflow's charts omit
 * runs that lack one. A setting that a method does not have is {@code none}.
 */
final class CellParams {
  static final String NONE = "none";

  private static final int LONGEST = 6000;
  private static final Pattern LAYERS = Pattern.compile("(\\d+)(?:-(\\d+))?");

  private final Cell cell;
  private final Map<String, String> params = new LinkedHashMap<>();

  private CellParams(Cell cell) {
    this.cell = cell;
  }

  /** Setting by name, in an order for people. */
  static Map<String, String> of(Sweep sweep, Cell cell) {
    return new CellParams(cell).all(sweep);
  }

  private Map<String, String> all(Sweep sweep) {
    put("method", cell.key());
    if (sweep.plan().hasAliases()) {
      put("method.name", cell.method());
    }
    Map<String, String> own = FlatSettings.of(cell);
    for (String key : sweep.settings()) {
      setting(name(key), own.getOrDefault(key, NONE));
    }
    training(cell.training());
    put("seed", Long.toString(cell.seed()));
    put("model", sweep.model());
    put("model.sha256", identity("/model/weights"));
    put("tokenizer.sha256", identity("/model/tokenizer"));
    put("device", identity("/device"));
    put("precision", identity("/precision"));
    for (PlannedEvaluation evaluation : cell.evaluations()) {
      String prefix = evaluation.name() + ".";
      FlatSettings.of(evaluation.settings()).forEach((key, value) -> put(prefix + key, value));
      put(prefix + "version", Integer.toString(evaluation.version()));
      put(prefix + "dataset", evaluation.dataset());
      put(prefix + "dataset.sha256", sha256(cell, evaluation));
    }
    return params;
  }

  /**
   * The param of a setting. MLflow's comparison begins with the three params that come first in the
   * alphabet, so nested settings, which are seldom factors, are named so that they sort last.
   */
  static String name(String setting) {
    return setting.contains(".") ? "settings." + setting : setting;
  }

  /** A range of layers is recorded as text and as two numbers, which axes can show. */
  private void setting(String key, String value) {
    put(key, value);
    if (key.equals("layers") || key.endsWith(".layers")) {
      Matcher range = LAYERS.matcher(value);
      boolean known = range.matches();
      String from = known ? range.group(1) : NONE;
      put(key + ".from", from);
      put(key + ".to", known && range.group(2) != null ? range.group(2) : from);
    }
  }

  private void training(@Nullable Training training) {
    put("train.dataset", training == null ? NONE : training.dataset());
    put("train.dataset.sha256", identity("/training/dataset"));
    put("train.size", training == null ? NONE : Integer.toString(training.items().size()));
    put("train.fold", training == null ? NONE : Integer.toString(training.fold()));
    put("train.folds", training == null ? NONE : Integer.toString(training.folds()));
    put("train.leaky", training == null ? NONE : Boolean.toString(training.leaky()));
  }

  /** The hash of the data set of an evaluation, as the cell's identity has it. */
  static String sha256(Cell cell, PlannedEvaluation evaluation) {
    for (JsonNode each : cell.identity().path("evaluations")) {
      if (each.path("name").asText().equals(evaluation.name())) {
        return each.path("dataset").asText(NONE);
      }
    }
    return NONE;
  }

  private String identity(String pointer) {
    return cell.identity().at(pointer).asText(NONE);
  }

  /** A value that MLflow would truncate is replaced by a reference to cell.json. */
  private void put(String key, String value) {
    String shown = value.isEmpty() ? NONE : value;
    params.put(
        key,
        shown.length() <= LONGEST
            ? shown
            : "sha256:" + new Digest().add(shown).text() + ", see cell.json");
  }
}
