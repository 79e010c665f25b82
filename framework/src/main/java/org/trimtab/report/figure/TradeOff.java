package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.trimtab.report.Interval;
import org.trimtab.report.PairedDifference;
import org.trimtab.report.TableMaker;
import org.trimtab.report.TableMetric;
import org.trimtab.report.TableRow;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Report;

/** The gain in a metric against the cost in another, with the Pareto front of treatments. */
public final class TradeOff implements Figure {
  @Override
  public String name() {
    return "trade-off";
  }

  @Override
  public Set<String> keys() {
    return Set.of("cost");
  }

  @Override
  public FigureData of(FigureRows rows, Report.Figure options, TableMaker maker)
      throws LeftOutException {
    TableMetric metric = rows.metric();
    TableMetric cost = rows.cost();
    String key = rows.key(options.factor());
    List<FigureLine> lines = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Map.Entry<String, List<TableRow>> line : rows.lines(key).entrySet()) {
      List<FigurePoint> points = new ArrayList<>();
      for (TableRow row : line.getValue()) {
        String factor = row.settings().getOrDefault(key, "");
        Optional<FigurePoint> point = point(row, metric, cost, factor);
        point.ifPresent(points::add);
        if (point.isEmpty()) {
          notes.add(rows.missing(row, (line.getKey() + " " + factor).strip()));
        }
      }
      if (!points.isEmpty()) {
        FigureLine.Role role = FigureRows.role(line.getValue().get(0));
        lines.add(new FigureLine(line.getKey(), role, false, points));
      }
    }
    if (lines.isEmpty()) {
      throw new LeftOutException(
          "it needs a row with " + metric.name() + " and " + cost.name() + " beside the reference");
    }
    List<FigurePoint> candidates = new ArrayList<>();
    Optional<FigurePoint> origin =
        rows.reference()
            .flatMap(
                row -> FigureRows.value(row, cost).map(x -> FigurePoint.of(x, 0, row.cells())));
    origin.ifPresent(candidates::add);
    lines.stream()
        .filter(line -> line.role() == FigureLine.Role.TREATMENT && !line.label().endsWith("leaky"))
        .forEach(line -> candidates.addAll(line.points()));
    lines.add(0, front(candidates, cost));
    origin.ifPresent(
        point ->
            lines.add(
                0,
                new FigureLine(
                    options.reference(), FigureLine.Role.REFERENCE, false, List.of(point))));
    String caption = options.captionOr("Gain in " + rows.metricName() + " against " + cost.name());
    return FigureData.of(
        options,
        rows.part(),
        ("%s. Numbers beside points, where there is room, are values of %s; bars are 95 %%"
                + " intervals of the paired differences from %s, not corrected for multiple"
                + " comparisons. The line joins the settings that no other one beats in both, the"
                + " Pareto front; controls and leaky rows do not compete.")
            .formatted(caption, options.factor(), options.reference()),
        FigureRows.title(cost),
        rows.metricName() + ": difference" + (metric.share() ? " (points)" : ""),
        lines,
        notes);
  }

  private static Optional<FigurePoint> point(
      TableRow row, TableMetric metric, TableMetric cost, String label) {
    Optional<PairedDifference> gain = row.difference(metric.name());
    Optional<Double> x = FigureRows.value(row, cost);
    if (gain.isEmpty() || x.isEmpty()) {
      return Optional.empty();
    }
    double scale = FigureRows.scale(metric);
    double y = scale * gain.get().value();
    @Nullable Interval paid = FigureRows.interval(row, cost);
    Interval gained = FigureRows.around(gain.get(), scale, gain.get().value());
    return Optional.of(new FigurePoint(x.get(), y, paid, gained, 0, label, row.cells()));
  }

  private static FigureLine front(List<FigurePoint> points, TableMetric cost) {
    double sign = cost.direction() == Metric.Direction.HIGHER ? -1 : 1;
    Predicate<FigurePoint> beaten =
        point ->
            points.stream()
                .anyMatch(
                    other ->
                        sign * other.x() <= sign * point.x()
                            && other.y() >= point.y()
                            && (other.x() != point.x() || other.y() != point.y()));
    List<FigurePoint> front =
        points.stream()
            .filter(beaten.negate())
            .map(p -> FigurePoint.of(p.x(), p.y(), p.cells()))
            .sorted(Comparator.comparingDouble(FigurePoint::x))
            .toList();
    return new FigureLine("Pareto front", FigureLine.Role.FRONT, true, front);
  }
}
