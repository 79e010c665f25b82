package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.report.TableRow;

/** Labels lines of figures by what distinguishes their rows. */
final class LineLabels {
  private LineLabels() {}

  /**
   * Rows by their labels: the method, unless there is only one besides its controls, and settings
   * in which rows of one method differ. Methods are labelled by their names, so that panels of
   * several tasks share a legend, or by their keys if a name has several.
   *
   * @param factors the settings to name first
   * @param without settings that are not named, since an axis shows them
   */
  static Map<String, List<TableRow>> lines(
      List<TableRow> rows, List<String> factors, List<String> without) {
    boolean oneTreatment =
        rows.stream().filter(row -> !row.control()).map(TableRow::key).distinct().count() == 1;
    Set<String> keys = new LinkedHashSet<>(factors);
    rows.forEach(row -> keys.addAll(row.settings().keySet()));
    without.forEach(keys::remove);
    keys.remove("train");
    keys.removeIf(key -> !varies(rows, key));
    Map<String, Set<String>> aliases = new HashMap<>();
    for (TableRow row : rows) {
      aliases.computeIfAbsent(row.method(), name -> new HashSet<>()).add(row.key());
    }
    Map<String, List<TableRow>> lines = new LinkedHashMap<>();
    for (TableRow row : rows) {
      String name =
          aliases.getOrDefault(row.method(), Set.of()).size() > 1 ? row.key() : row.method();
      List<String> parts = new ArrayList<>();
      if (!oneTreatment || row.control()) {
        parts.add(name);
      }
      for (String key : keys) {
        String value = row.settings().get(key);
        if (value != null) {
          parts.add(lastPart(key) + " " + value.replaceFirst("^(-?\\d+)\\.0$", "$1"));
        }
      }
      if (parts.isEmpty()) {
        parts.add(name);
      }
      if (row.leaky()) {
        parts.add("leaky");
      }
      lines.computeIfAbsent(String.join(", ", parts), key -> new ArrayList<>()).add(row);
    }
    return lines;
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Whether rows of one method differ in a setting. */
  private static boolean varies(List<TableRow> rows, String key) {
    Map<String, Set<String>> methods = new HashMap<>();
    for (TableRow row : rows) {
      methods
          .computeIfAbsent(row.key(), method -> new HashSet<>())
          .add(row.settings().getOrDefault(key, ""));
    }
    return methods.values().stream().anyMatch(own -> own.size() > 1);
  }
}
