package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.trimtab.report.TableMaker;
import org.trimtab.report.TableRow;
import org.trimtab.spec.Report;

/**
 * Heads alive, losses and a metric over a penalty. Penalties come from the paths of cells that
 * chose theirs, and from cells whose penalties are levels of a factor.
 */
public final class RegularisationPath implements Figure {
  static final String LAMBDA1 = "lambda1";
  static final String LAMBDA2 = "lambda2";

  /**
   * A row of the table, or its part with one value of the other penalty.
   *
   * @param line its label
   * @param row the row
   * @param points all its points
   */
  private record Path(String line, TableRow row, List<PathPoint> points) {}

  @Override
  public String name() {
    return "regularisation-path";
  }

  @Override
  public FigureData of(FigureRows rows, Report.Figure options, TableMaker maker)
      throws LeftOutException {
    Map<TableRow, List<PathPoint>> penalised = new LinkedHashMap<>();
    rows.compared().forEach(row -> penalised.put(row, PathPoint.of(row, maker)));
    penalised.values().removeIf(List::isEmpty);
    List<Path> found = new ArrayList<>();
    rows.lines(List.copyOf(penalised.keySet()), LAMBDA1, LAMBDA2)
        .forEach(
            (line, own) ->
                own.forEach(
                    row -> found.add(new Path(line, row, penalised.getOrDefault(row, List.of())))));
    String penalty = penalty(found, options.factor());
    if (distinct(found, point -> point.penalty(penalty)) < 2) {
      throw new LeftOutException(
          "it needs two or more values of lambda1 or lambda2, as levels of a factor or in 'choose'");
    }
    String other = penalty.equals(LAMBDA1) ? LAMBDA2 : LAMBDA1;
    boolean apart = distinct(found, point -> point.penalty(other)) > 1;
    List<Path> paths = new ArrayList<>();
    for (Path path : found) {
      path.points().stream()
          .collect(Collectors.groupingBy(p -> p.penalty(other), TreeMap::new, Collectors.toList()))
          .forEach(
              (value, points) -> {
                String suffix = apart ? ", " + other + " " + value : "";
                paths.add(new Path(path.line() + suffix, path.row(), points));
              });
    }
    return new Drawing(rows, penalty, paths).figure(options);
  }

  /** The requested penalty; otherwise lambda2, or lambda1 if only that varies. */
  private static String penalty(List<Path> paths, String asked) {
    if (asked.equals(LAMBDA1) || asked.equals(LAMBDA2)) {
      return asked;
    }
    return distinct(paths, PathPoint::lambda2) < 2 ? LAMBDA1 : LAMBDA2;
  }

  private static long distinct(List<Path> paths, ToDoubleFunction<PathPoint> value) {
    return paths.stream()
        .flatMap(path -> path.points().stream())
        .mapToDouble(value)
        .distinct()
        .count();
  }

  /** What is drawn of some rows. */
  private record Drawing(FigureRows rows, String penalty, List<Path> paths) {
    private FigureData figure(Report.Figure options) {
      List<FigurePanel> panels = new ArrayList<>();
      boolean heads = paths.stream().anyMatch(path -> has(path, PathPoint.Quantity.HEADS));
      for (PathPoint.Quantity quantity : PathPoint.Quantity.values()) {
        boolean drawn = quantity != PathPoint.Quantity.ZEROS || !heads;
        if (drawn && paths.stream().anyMatch(path -> has(path, quantity))) {
          FigurePanel.Form form =
              quantity == PathPoint.Quantity.HEADS
                  ? FigurePanel.Form.COUNTS
                  : FigurePanel.Form.PENALTIES;
          panels.add(panel(form, quantity.title(), lines(quantity)));
        }
      }
      List<String> notes = new ArrayList<>();
      List<FigureLine> scores = scores(notes);
      if (!scores.isEmpty()) {
        panels.add(panel(FigurePanel.Form.PENALTIES, rows.title(), scores));
      }
      String caption =
          options.captionOr("Heads alive, losses and " + rows.metricName() + " over " + penalty);
      return new FigureData(
          options,
          ("%s. The axis is logarithmic, with 0 at its left end; what is learned is the mean"
                  + " over seeds and folds. Crosses: penalties chosen by the validation loss, with"
                  + " the number of cells that chose them; the metric of a row that chose is shown at"
                  + " the penalty that most of its cells took. %s")
              .formatted(caption, FigureRows.INTERVALS),
          rows.part().isEmpty() ? panels.stream().map(List::of).toList() : List.of(panels),
          notes);
    }

    private FigurePanel panel(FigurePanel.Form form, String title, List<FigureLine> lines) {
      return new FigurePanel(form, rows.part(), penalty, title, lines);
    }

    private static boolean has(Path path, PathPoint.Quantity quantity) {
      return path.points().stream().anyMatch(point -> point.values().containsKey(quantity));
    }

    /** A quantity's lines, with crosses at the chosen penalties. */
    private List<FigureLine> lines(PathPoint.Quantity quantity) {
      Map<String, TreeMap<Double, List<PathPoint>>> all = new LinkedHashMap<>();
      Map<String, FigureLine.Role> roles = new LinkedHashMap<>();
      for (Path path : paths) {
        for (PathPoint point : path.points()) {
          if (point.values().containsKey(quantity)) {
            roles.putIfAbsent(path.line(), FigureRows.role(path.row()));
            all.computeIfAbsent(path.line(), key -> new TreeMap<>())
                .computeIfAbsent(point.penalty(penalty), key -> new ArrayList<>())
                .add(point);
          }
        }
      }
      List<FigureLine> lines = new ArrayList<>();
      List<FigurePoint> chosen = new ArrayList<>();
      all.forEach(
          (label, line) -> {
            List<FigurePoint> points = new ArrayList<>();
            line.forEach(
                (x, cells) -> {
                  FigurePoint point = mean(x, cells, quantity);
                  points.add(point);
                  long taken = cells.stream().filter(PathPoint::chosen).count();
                  if (taken > 0) {
                    chosen.add(labelled(point, taken, cells.size()));
                  }
                });
            FigureLine.Role role = roles.getOrDefault(label, FigureLine.Role.TREATMENT);
            lines.add(new FigureLine(label, role, true, points));
          });
      return withChosen(lines, chosen);
    }

    private static FigurePoint mean(double x, List<PathPoint> points, PathPoint.Quantity quantity) {
      double mean =
          points.stream()
              .mapToDouble(point -> point.values().getOrDefault(quantity, 0.0))
              .average()
              .orElseThrow();
      List<String> cells = points.stream().map(PathPoint::cell).toList();
      return FigurePoint.of(x, mean, cells);
    }

    /** A point that some of its cells chose; a single cell needs no label. */
    private static FigurePoint labelled(FigurePoint point, long taken, long of) {
      String label = of == 1 ? "" : taken + " of " + of;
      return new FigurePoint(point.x(), point.y(), null, null, 0, label, point.cells());
    }

    private static List<FigureLine> withChosen(List<FigureLine> lines, List<FigurePoint> chosen) {
      List<FigureLine> all = new ArrayList<>(lines);
      if (!chosen.isEmpty()) {
        all.add(new FigureLine("chosen", FigureLine.Role.CHOSEN, false, chosen));
      }
      return all;
    }

    /** The metric of rows, at their penalty or the one chosen by most of a row's cells. */
    private List<FigureLine> scores(List<String> notes) {
      Map<String, List<FigurePoint>> points = new LinkedHashMap<>();
      Map<String, FigureLine.Role> roles = new LinkedHashMap<>();
      List<FigurePoint> chosen = new ArrayList<>();
      for (TableRow row : new LinkedHashSet<>(paths.stream().map(Path::row).toList())) {
        List<Path> own = paths.stream().filter(path -> path.row().equals(row)).toList();
        Path path = own.stream().max(Comparator.comparingLong(each -> most(each))).orElseThrow();
        Optional<Double> y = FigureRows.value(row, rows.metric());
        if (y.isEmpty()) {
          notes.add(rows.missing(row, path.line()));
          continue;
        }
        Map<Double, Long> taken = taken(path);
        double x =
            taken.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseGet(() -> path.points().get(0).penalty(penalty));
        FigurePoint point =
            FigurePoint.of(x, y.get(), FigureRows.interval(row, rows.metric()), row.cells());
        points.computeIfAbsent(path.line(), key -> new ArrayList<>()).add(point);
        roles.putIfAbsent(path.line(), FigureRows.role(row));
        if (!taken.isEmpty()) {
          chosen.add(labelled(point, taken.getOrDefault(x, 0L), row.cells().size()));
        }
      }
      List<FigureLine> lines = new ArrayList<>();
      points.forEach(
          (label, own) -> {
            own.sort(Comparator.comparingDouble(FigurePoint::x));
            FigureLine.Role role = roles.getOrDefault(label, FigureLine.Role.TREATMENT);
            lines.add(new FigureLine(label, role, true, own));
          });
      double[] all =
          paths.stream()
              .flatMap(path -> path.points().stream())
              .mapToDouble(point -> point.penalty(penalty))
              .sorted()
              .toArray();
      if (!lines.isEmpty()) {
        rows.referenceLine(all[0], all[all.length - 1]).ifPresent(line -> lines.add(0, line));
      }
      return withChosen(lines, chosen);
    }

    /** How many cells chose each penalty. */
    private Map<Double, Long> taken(Path path) {
      return path.points().stream()
          .filter(PathPoint::chosen)
          .collect(
              Collectors.groupingBy(p -> p.penalty(penalty), TreeMap::new, Collectors.counting()));
    }

    private long most(Path path) {
      return taken(path).values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
  }
}
