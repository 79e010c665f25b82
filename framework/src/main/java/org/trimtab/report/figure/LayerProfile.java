package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trimtab.report.TableMaker;
import org.trimtab.report.TableRow;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Report;

/** A metric over ranges of layers, each a bar from its first to its last layer. */
public final class LayerProfile implements Figure {
  @Override
  public String name() {
    return "layer-profile";
  }

  @Override
  public Set<String> keys() {
    return Set.of("at");
  }

  @Override
  public FigureData of(FigureRows rows, Report.Figure options, TableMaker maker)
      throws LeftOutException {
    String factor = rows.key(options.factor());
    String layers = rows.key(FigureRows.LAYERS);
    Optional<Double> at = Optional.ofNullable(options.at()).or(() -> common(rows, factor, layers));
    Set<String> fixed = options.at() == null ? fixed(rows, factor) : Set.of();
    List<String> notes = new ArrayList<>();
    Map<String, List<FigurePoint>> points = new LinkedHashMap<>();
    Map<String, FigureLine.Role> roles = new LinkedHashMap<>();
    for (Map.Entry<String, List<TableRow>> line : rows.lines(layers, factor).entrySet()) {
      for (TableRow row : line.getValue()) {
        Optional<LayerRange> range = FigureRows.range(row, layers);
        Optional<Double> own = FigureRows.number(row, factor);
        if (range.isEmpty() || !(own.equals(at) || fixed.contains(row.key()))) {
          continue;
        }
        String label =
            line.getKey()
                + (own.equals(at)
                    ? ""
                    : own.map(v -> ", " + options.factor() + " " + v).orElse(""));
        Optional<Double> y = FigureRows.value(row, rows.metric());
        if (y.isPresent()) {
          roles.putIfAbsent(label, FigureRows.role(row));
          points
              .computeIfAbsent(label, unused -> new ArrayList<>())
              .add(point(range.get(), y.get(), row, rows));
        } else {
          notes.add(rows.missing(row, label + ", layers " + range.get()));
        }
      }
    }
    if (points.values().stream().flatMap(List::stream).map(FigurePoint::x).distinct().count() < 2) {
      throw new LeftOutException(
          "it needs two or more ranges of layers at one " + options.factor());
    }
    List<FigureLine> lines = new ArrayList<>();
    points.forEach(
        (label, own) -> {
          own.sort(Comparator.comparingDouble(FigurePoint::x));
          boolean single = own.stream().allMatch(point -> point.halfWidth() == 0);
          FigureLine.Role role = roles.getOrDefault(label, FigureLine.Role.TREATMENT);
          lines.add(new FigureLine(label, role, single, own));
        });
    List<FigurePoint> drawn = lines.stream().flatMap(line -> line.points().stream()).toList();
    double from = drawn.stream().mapToDouble(p -> p.x() - p.halfWidth()).min().orElse(0);
    double to = drawn.stream().mapToDouble(p -> p.x() + p.halfWidth()).max().orElse(0);
    lines.addAll(levels(rows, layers, from, to));
    rows.referenceLine(from, to).ifPresent(line -> lines.add(0, line));
    boolean seeds =
        rows.compared().stream().anyMatch(row -> row.seeds() >= FigureRows.FEWEST_SEEDS);
    String where = at.map(value -> " at " + options.factor() + " " + value).orElse("");
    String caption = options.captionOr(rows.metricName() + " over ranges of layers" + where);
    return FigureData.of(
        options,
        rows.part(),
        caption
            + ". A horizontal bar is a range of layers; dotted lines are methods without layers. "
            + (seeds ? FigureRows.SEEDS : FigureRows.INTERVALS),
        "layers (0-based)",
        rows.title(),
        lines,
        notes);
  }

  private static FigurePoint point(LayerRange range, double y, TableRow row, FigureRows rows) {
    int first = FigureRows.first(range);
    int last = FigureRows.last(range);
    return new FigurePoint(
        (first + last) / 2.0,
        y,
        null,
        FigureRows.seedInterval(row, rows.metric()),
        (last - first) / 2.0,
        "",
        row.cells());
  }

  /** Methods other than controls with at most one factor, which is then not compared. */
  private static Set<String> fixed(FigureRows rows, String factor) {
    Map<String, Set<String>> factors = new LinkedHashMap<>();
    for (TableRow row : rows.compared()) {
      if (!row.control()) {
        factors
            .computeIfAbsent(row.key(), key -> new HashSet<>())
            .add(row.settings().getOrDefault(factor, ""));
      }
    }
    return factors.entrySet().stream()
        .filter(entry -> entry.getValue().size() == 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Methods without layers, such as few-shot prompts. */
  private static List<FigureLine> levels(FigureRows rows, String layers, double from, double to) {
    List<FigureLine> levels = new ArrayList<>();
    rows.lines(layers)
        .forEach(
            (label, own) -> {
              TableRow row = own.get(0);
              Optional<Double> y = FigureRows.value(row, rows.metric());
              if (!row.settings().containsKey(layers) && y.isPresent()) {
                levels.add(
                    new FigureLine(
                        label,
                        FigureLine.Role.LEVEL,
                        true,
                        List.of(level(from, y.get(), row, rows), level(to, y.get(), row, rows))));
              }
            });
    return levels;
  }

  private static FigurePoint level(double x, double y, TableRow row, FigureRows rows) {
    return FigurePoint.of(x, y, FigureRows.seedInterval(row, rows.metric()), row.cells());
  }

  /** The factor with most ranges of layers, the largest of several; empty without factors. */
  private static Optional<Double> common(FigureRows rows, String factor, String layers) {
    TreeMap<Double, Long> ranges = new TreeMap<>();
    for (TableRow row : rows.compared()) {
      boolean drawn = FigureRows.value(row, rows.metric()).isPresent();
      if (drawn && !row.control() && row.settings().containsKey(layers)) {
        FigureRows.number(row, factor).ifPresent(value -> ranges.merge(value, 1L, Long::sum));
      }
    }
    return ranges.entrySet().stream()
        .max(Map.Entry.<Double, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }
}
