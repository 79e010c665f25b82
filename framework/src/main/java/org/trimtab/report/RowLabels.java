package org.trimtab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which settings stand as columns beside the method, so that no two rows read the same. */
final class RowLabels {
  private final List<SettingGroup> groups;
  private final Map<String, Set<String>> levels = new LinkedHashMap<>();

  RowLabels(List<String> settings, List<SettingGroup> groups) {
    this.groups = groups;
    settings.forEach(key -> levels.put(key, new LinkedHashSet<>()));
    for (SettingGroup group : groups) {
      group
          .settings()
          .forEach(
              (key, value) -> levels.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(value));
    }
  }

  /** The columns: those that are asked for, then what else is needed to tell rows apart. */
  List<String> columns(List<String> asked) {
    List<String> varying =
        levels.keySet().stream()
            .filter(key -> levels.getOrDefault(key, Set.of()).size() > 1)
            .toList();
    if (asked.isEmpty()) {
      return varying;
    }
    List<String> columns = new ArrayList<>();
    for (String name : asked) {
      levels.keySet().stream()
          .filter(key -> key.equals(name) || key.endsWith("." + name))
          .filter(key -> !columns.contains(key))
          .findFirst()
          .ifPresent(columns::add);
    }
    for (String key : varying) {
      if (distinct(columns) < groups.size() && !columns.contains(key)) {
        int before = distinct(columns);
        columns.add(key);
        if (distinct(columns) == before) {
          columns.remove(key);
        }
      }
    }
    return columns;
  }

  private int distinct(List<String> columns) {
    Set<List<String>> labels = new LinkedHashSet<>();
    for (SettingGroup group : groups) {
      List<String> label = new ArrayList<>(List.of(group.key()));
      columns.forEach(key -> label.add(group.settings().getOrDefault(key, "")));
      labels.add(label);
    }
    return labels.size();
  }

  /** The settings that are the same in all rows that have them. */
  Map<String, String> fixed(List<String> columns) {
    Map<String, String> fixed = new LinkedHashMap<>();
    levels.forEach(
        (key, values) -> {
          if (values.size() == 1 && !columns.contains(key)) {
            fixed.put(key, values.iterator().next());
          }
        });
    return fixed;
  }
}
