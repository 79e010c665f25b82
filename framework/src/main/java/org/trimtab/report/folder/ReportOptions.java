package org.trimtab.report.folder;

import java.util.Arrays;
import java.util.List;
import org.trimtab.report.TableOptions;
import org.trimtab.report.figure.FigureOptions;
import org.trimtab.spec.FigureKind;

/**
 * What a report holds.
 *
 * @param model the model's name, for captions
 * @param tables the tables, the main one first
 * @param figures the figures; one that the results have no data for is left out
 */
public record ReportOptions(String model, List<TableOptions> tables, List<FigureOptions> figures) {
  /** Copies the lists. */
  public ReportOptions {
    tables = List.copyOf(tables);
    figures = List.copyOf(figures);
  }

  /** One figure of each kind, all defaults. */
  public static List<FigureOptions> standardFigures() {
    return Arrays.stream(FigureKind.values()).map(FigureOptions::standard).toList();
  }
}
