package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.Report;
import org.trimtab.spec.Spec;
import org.trimtab.spec.yaml.Position;
import org.trimtab.spec.yaml.Spelling;

/** Checks the names in a spec's report against its methods and evaluators. */
final class ReportCheck {
  /** Pages that every report may have. */
  private static final Set<String> OWN = Set.of("index", "texts", "costs");

  private final Spec spec;
  private final Binding binding;
  private final Set<String> settings = new LinkedHashSet<>();
  private final Set<String> prefixes = new LinkedHashSet<>();
  private final Set<String> groups = new LinkedHashSet<>();
  private final Set<String> fileNames = new LinkedHashSet<>();

  private ReportCheck(Spec spec, Binding binding) {
    this.spec = spec;
    this.binding = binding;
    spec.methods()
        .values()
        .forEach(method -> addNames(Settings.tree(method.settings(), method.order()), settings));
    spec.evaluate().values().forEach(each -> prefixes.add(each.metricPrefix()));
    spec.evaluate()
        .values()
        .forEach(each -> groups.addAll(each.declaration().measurement().roles().groups()));
  }

  static void check(Spec spec, Binding binding) {
    Report report = spec.report();
    if (report == null) {
      return;
    }
    ReportCheck check = new ReportCheck(spec, binding);
    if (report.table() != null) {
      check.table("report.table", report.table());
    }
    List<Report.Table> tables = report.tables() == null ? List.of() : report.tables();
    for (int i = 0; i < tables.size(); i++) {
      check.table("report.tables." + i, tables.get(i));
    }
    List<Report.Figure> figures = report.figures() == null ? List.of() : report.figures();
    for (int i = 0; i < figures.size(); i++) {
      check.figure("report.figures." + i, figures.get(i));
    }
  }

  private void table(String path, Report.Table table) {
    fileName(path, table.name());
    Set<String> rows = new LinkedHashSet<>(List.of("method", "seed", "fold", "train"));
    rows.addAll(settings);
    for (int i = 0; i < table.rows().size(); i++) {
      name(path + ".rows." + i, "row", table.rows().get(i), rows);
    }
    for (int i = 0; i < table.columns().size(); i++) {
      metric(path + ".columns." + i, table.columns().get(i));
    }
    group(path, table.by());
    name(path + ".against", "method", table.against(), spec.methods().keySet());
  }

  private void figure(String path, Report.Figure figure) {
    fileName(path, figure.fileName());
    metric(path + ".metric", figure.metric());
    for (String key : List.of("cost", "at")) {
      if (binding.places().containsKey(path + "." + key) && !figure.kind().keys().contains(key)) {
        binding.problem(
            place(path + "." + key),
            "'%s' has no effect in a figure of kind %s; leave it out"
                .formatted(key, figure.kind().name()));
      }
    }
    metric(path + ".cost", figure.cost());
    if (binding.places().containsKey(path + ".factor")) {
      name(path + ".factor", "setting", figure.factor(), settings);
    }
    group(path, figure.by());
    name(path + ".against", "method", figure.against(), spec.methods().keySet());
  }

  private void group(String path, @Nullable String by) {
    if (by != null && groups.isEmpty()) {
      binding.problem(
          place(path + ".by"),
          "no evaluation of this spec has groups of items, as facts has level and topic; leave 'by'"
              + " out");
    } else {
      name(path + ".by", "group of items", by, groups);
    }
  }

  private void fileName(String path, String name) {
    if (!fileNames.add(name)) {
      binding.problem(
          place(binding.places().containsKey(path + ".name") ? path + ".name" : path),
          "another table or figure is named "
              + Spelling.quoted(name)
              + " already; give this one a 'name' of its own");
    } else if (OWN.contains(name)) {
      binding.problem(
          place(path + ".name"),
          "'" + name + "' is a page of the report itself; choose another name");
    }
  }

  private void metric(String path, @Nullable String metric) {
    if (metric == null) {
      return;
    }
    int slash = metric.indexOf('/');
    if (slash <= 0 || slash == metric.length() - 1) {
      binding.problem(
          place(path),
          "expected a metric as prefix/name, found "
              + Spelling.quoted(metric)
              + "; prefixes here: "
              + String.join(", ", prefixes));
    } else {
      name(path, "metric prefix", metric.substring(0, slash), prefixes);
    }
  }

  private void name(String path, String what, @Nullable String name, Collection<String> known) {
    if (name != null && !known.contains(name)) {
      String otherwise = "; known: " + String.join(", ", known);
      binding.problem(
          place(path),
          "unknown "
              + what
              + " "
              + Spelling.quoted(name)
              + Spelling.suggestion(name, known, otherwise));
    }
  }

  private Position place(String path) {
    return binding.places().getOrDefault(path, Position.of(path));
  }

  private static void addNames(JsonNode settings, Set<String> names) {
    settings
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isObject()) {
                addNames(entry.getValue(), names);
              } else {
                names.add(entry.getKey());
              }
            });
  }
}
