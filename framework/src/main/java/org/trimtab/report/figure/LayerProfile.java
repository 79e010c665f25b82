package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trimtab.UserException;
import org.trimtab.report.TableRow;
import org.trimtab.spec.LayerRange;

/** A metric over ranges of layers, each a bar from its first to its last layer. */
final class LayerProfile {
  private static final String LAYERS = "layers";

  /** More layers than any model has: ranges in journals are numbers already. */
  private static final int MOST_LAYERS = 10_000;

  private LayerProfile() {}

  static FigureData of(FigureRows rows, FigureOptions options) throws NoDataException {
    String factor = rows.key(options.factor());
    String layers = rows.key(LAYERS);
    Optional<Double> at = Optional.ofNullable(options.at()).or(() -> common(rows, factor, layers));
    List<String> notes = new ArrayList<>();
    Map<String, List<FigurePoint>> points = new LinkedHashMap<>();
    Map<String, FigureLine.Role> roles = new LinkedHashMap<>();
    for (Map.Entry<String, List<TableRow>> line : rows.lines(layers, factor).entrySet()) {
      for (TableRow row : line.getValue()) {
        Optional<LayerRange> range = range(row, layers);
        if (range.isEmpty() || !FigureRows.number(row, factor).equals(at)) {
          continue;
        }
        String label = line.getKey();
        Optional<Double> y = FigureRows.value(row, rows.metric());
        if (y.isPresent()) {
          roles.putIfAbsent(label, FigureRows.role(row));
          points
              .computeIfAbsent(label, unused -> new ArrayList<>())
              .add(point(range.get(), y.get(), row, rows));
        } else {
          notes.add(FigureRows.missing(row, label + ", layers " + range.get()));
        }
      }
    }
    if (points.values().stream().flatMap(List::stream).map(FigurePoint::x).distinct().count() < 2) {
      throw new NoDataException("it needs two or more ranges of layers at one " + options.factor());
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
    rows.referenceLine(from, to).ifPresent(line -> lines.add(0, line));
    String where = at.map(value -> " at " + options.factor() + " " + value).orElse("");
    String caption =
        options.caption().isEmpty()
            ? rows.metric().name() + " over ranges of layers" + where
            : options.caption();
    return new FigureData(
        options,
        caption + ". A horizontal bar is a range of layers. " + Captions.INTERVALS,
        "layers (0-based)",
        FigureRows.title(rows.metric()),
        lines,
        notes);
  }

  private static FigurePoint point(LayerRange range, double y, TableRow row, FigureRows rows) {
    int first = range.first(MOST_LAYERS);
    int last = range.last(MOST_LAYERS);
    return new FigurePoint(
        (first + last) / 2.0,
        y,
        null,
        FigureRows.interval(row, rows.metric()),
        (last - first) / 2.0,
        "",
        row.cells());
  }

  private static Optional<LayerRange> range(TableRow row, String key) {
    try {
      return Optional.ofNullable(row.settings().get(key)).map(LayerRange::parse);
    } catch (UserException e) {
      return Optional.empty();
    }
  }

  /** The factor with most ranges of layers, among these the largest; nothing without factors. */
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
