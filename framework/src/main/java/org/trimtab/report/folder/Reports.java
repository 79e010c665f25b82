package org.trimtab.report.folder;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.report.ResultTable;
import org.trimtab.report.TableOptions;
import org.trimtab.report.figure.FigureOptions;
import org.trimtab.run.ResultFolder;
import org.trimtab.spec.MethodSpec;
import org.trimtab.spec.Report;
import org.trimtab.spec.Spec;

/** What a spec asks to be reported. */
public final class Reports {
  private Reports() {}

  /** The main table that a spec asks for, from the journals of a result folder. */
  public static ResultTable table(ResultFolder folder, Spec spec) {
    return ResultTable.read(folder, tables(spec).get(0));
  }

  /** Writes results/NAME/report as a spec asks for it, from the journals. */
  public static ReportWriter.Written write(ResultFolder folder, Spec spec) {
    Optional<List<Report.Figure>> figures = Optional.ofNullable(spec.report()).map(Report::figures);
    List<TableOptions> tables = tables(spec);
    String main = tables.get(0).columns().stream().findFirst().orElse(null);
    List<FigureOptions> options =
        figures
            .map(own -> own.stream().map(figure -> figure(figure, spec)).toList())
            .orElse(ReportOptions.standardFigures());
    return ReportWriter.write(
        folder,
        new ReportOptions(
            spec.model(), tables, options.stream().map(each -> each.preferring(main)).toList()));
  }

  /** The tables, the main one first; there is always one. */
  private static List<TableOptions> tables(Spec spec) {
    List<Report.Table> tables = spec.report() == null ? List.of() : spec.report().allTables();
    return tables.isEmpty()
        ? List.of(TableOptions.standard())
        : tables.stream().map(table -> table(table, spec)).toList();
  }

  private static TableOptions table(Report.Table table, Spec spec) {
    return new TableOptions(
        table.name(),
        Optional.ofNullable(table.caption()).orElse(""),
        table.rows(),
        table.columns(),
        reference(table.against(), spec),
        TableOptions.standard().seed());
  }

  private static FigureOptions figure(Report.Figure figure, Spec spec) {
    return new FigureOptions(
        figure.fileName(),
        figure.kind(),
        Optional.ofNullable(figure.caption()).orElse(""),
        figure.metric(),
        null,
        figure.cost(),
        figure.factor(),
        figure.at(),
        reference(figure.against(), spec),
        TableOptions.standard().seed());
  }

  /** The key that is named; by default that of the baseline, which may have an alias. */
  private static String reference(@Nullable String key, Spec spec) {
    String standard = TableOptions.standard().against();
    if (key != null) {
      return key;
    }
    return spec.methods().values().stream()
        .filter(method -> method.declaration().name().equals(standard))
        .findFirst()
        .map(MethodSpec::key)
        .orElse(standard);
  }
}
