package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trimtab.report.TableMaker;
import org.trimtab.report.TableRow;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Report;

/** The norms of the heads' parts of learned vectors over layers: one heat map per line. */
public final class HeadNorms implements Figure {
  private static final String FACT = "heads.norm";
  private static final int IN_A_ROW = 4;

  /** The fits of one layer. */
  private record Fits(List<List<Double>> lengths, List<String> cells) {
    Fits() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    int heads() {
      return lengths.stream().mapToInt(List::size).min().orElse(0);
    }

    FigurePoint point(int layer, int head) {
      double mean = lengths.stream().mapToDouble(each -> each.get(head)).average().orElseThrow();
      return FigurePoint.of(layer, mean, List.copyOf(cells));
    }
  }

  @Override
  public boolean ofFits() {
    return true;
  }

  @Override
  public String name() {
    return "head-norms";
  }

  @Override
  public FigureData of(FigureRows rows, Report.Figure options, TableMaker maker)
      throws LeftOutException {
    String layers = rows.key(FigureRows.LAYERS);
    List<TableRow> learned =
        rows.compared().stream().filter(row -> !lengths(row, maker).isEmpty()).toList();
    List<FigurePanel> panels = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Map.Entry<String, List<TableRow>> line :
        rows.lines(learned, layers, rows.key(options.factor())).entrySet()) {
      Map<Integer, Fits> fits = new TreeMap<>();
      for (TableRow row : line.getValue()) {
        Optional<LayerRange> range = FigureRows.range(row, layers);
        if (range.isPresent()) {
          add(row, maker, fits, FigureRows.first(range.get()));
        }
      }
      if (fits.values().stream().anyMatch(HeadNorms::hasLength)) {
        panels.add(panel(line.getKey(), head(rows), fits));
      } else if (!fits.isEmpty()) {
        notes.add(rows.inPart(line.getKey() + ": every head is exactly 0"));
      }
    }
    if (panels.isEmpty()) {
      throw new LeftOutException(
          notes.isEmpty()
              ? "it needs fits with lengths of heads (learned-delta at site o-proj-input)"
              : String.join("; ", notes));
    }
    String caption = options.captionOr("Norm of each head's part of the vector");
    return new FigureData(
        options,
        caption
            + ", before any factor; the mean over seeds and folds. Grey: exactly 0 in all of them."
            + " All panels share one colour scale.",
        FigurePanel.inRows(IN_A_ROW, panels),
        notes);
  }

  private static String head(FigureRows rows) {
    return rows.part().isEmpty() ? "head (0-based)" : rows.part() + ", head";
  }

  private static boolean hasLength(Fits fits) {
    return fits.lengths().stream().flatMap(List::stream).anyMatch(length -> length != 0);
  }

  private static void add(TableRow row, TableMaker maker, Map<Integer, Fits> fits, int layer) {
    lengths(row, maker)
        .forEach(
            (cell, lengths) -> {
              Fits own = fits.computeIfAbsent(layer, unused -> new Fits());
              own.lengths().add(lengths);
              own.cells().add(cell);
            });
  }

  /** The norms of a row's fits by cell. */
  private static Map<String, List<Double>> lengths(TableRow row, TableMaker maker) {
    Map<String, List<Double>> found = new LinkedHashMap<>();
    for (String cell : row.cells()) {
      List<Double> lengths = new ArrayList<>();
      maker
          .facts(cell)
          .ifPresent(facts -> facts.path(FACT).forEach(each -> lengths.add(each.asDouble())));
      if (!lengths.isEmpty()) {
        found.put(cell, lengths);
      }
    }
    return found;
  }

  private static FigurePanel panel(String title, String yTitle, Map<Integer, Fits> fits) {
    int heads = fits.values().stream().mapToInt(Fits::heads).min().orElse(0);
    List<FigureLine> lines = new ArrayList<>();
    for (int head = 0; head < heads; head++) {
      int row = head;
      List<FigurePoint> points =
          fits.entrySet().stream().map(each -> each.getValue().point(each.getKey(), row)).toList();
      lines.add(new FigureLine("head " + head, FigureLine.Role.TREATMENT, false, points));
    }
    return new FigurePanel(FigurePanel.Form.HEAT_MAP, title, "layer (0-based)", yTitle, lines);
  }
}
