package org.trimtab.report.folder;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.Release;
import org.trimtab.report.ResultTable;
import org.trimtab.report.TableMaker;
import org.trimtab.report.TableOptions;
import org.trimtab.report.figure.FigureData;
import org.trimtab.report.figure.FigureOptions;
import org.trimtab.report.figure.Figures;
import org.trimtab.report.figure.NoDataException;
import org.trimtab.report.paper.LatexTable;
import org.trimtab.report.paper.MarkdownTable;
import org.trimtab.report.paper.MlflowTable;
import org.trimtab.report.paper.PaperTable;
import org.trimtab.report.paper.PaperTables;
import org.trimtab.report.paper.Provenance;
import org.trimtab.report.paper.ResultFrame;
import org.trimtab.report.paper.TableNotes;
import org.trimtab.run.ResultFolder;

/**
 * Makes the files of tables and the data of figures from the journals of one result folder, which
 * it reads once. The same journals give the same bytes. Used by one thread.
 */
public final class ReportMaker {
  private final TableMaker maker;
  private final Map<String, String> journals;

  /**
   * Reads the journals.
   *
   * @throws org.trimtab.UserException when nothing ran yet, or a journal is damaged
   */
  public ReportMaker(ResultFolder folder) {
    this.maker = TableMaker.read(folder);
    this.journals = Journals.hashes(folder, maker.plan());
  }

  TableMaker tables() {
    return maker;
  }

  /**
   * The files of a table by their suffixes: md, csv, tex and json, and as {@code mlflow} the one
   * that is sent to MLflow.
   *
   * @throws org.trimtab.UserException when a column names nothing measured
   */
  public Map<String, String> table(TableOptions options, String model) {
    ResultTable table = maker.table(options);
    List<String> notes = TableNotes.of(table, true);
    PaperTable values = PaperTables.values(options.name(), caption(table, model), table);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("md", markdown(values, notes, table));
    files.put("csv", ResultFrame.csv(ResultFrame.of(options.name(), table)));
    files.put("tex", LatexTable.of(values, notes));
    files.put("mlflow", MlflowTable.of(values));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < table.rows().size(); i++) {
      List<String> label = new ArrayList<>(List.of(table.rows().get(i).key()));
      for (int factor = 0; factor < table.factors().size(); factor++) {
        label.add(values.rows().get(i).get(factor + 1).text());
      }
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("row", String.join(" ", label));
      row.put("cells", table.rows().get(i).cells());
      rows.add(row);
    }
    files.put(
        "json",
        new Sidecar(Release.version(), model, options, null, Sidecar.tree(rows), journals).text());
    return files;
  }

  private String caption(ResultTable table, String model) {
    int items = table.rows().stream().mapToInt(row -> row.items()).max().orElse(0);
    int seeds = table.rows().stream().mapToInt(row -> row.seeds()).max().orElse(0);
    return table.question().strip()
        + " ("
        + items
        + " items, "
        + (seeds == 1 ? "1 seed). " : seeds + " seeds). ")
        + Provenance.of(model, maker.plan()).sentence();
  }

  private static String markdown(PaperTable values, List<String> notes, ResultTable table) {
    StringBuilder text = new StringBuilder();
    text.append(MarkdownTable.escaped(values.caption())).append("\n\n");
    text.append(MarkdownTable.of(values)).append('\n');
    notes.forEach(note -> text.append("* ").append(MarkdownTable.escaped(note)).append('\n'));
    block(text, "Tests", PaperTables.tests(values.name(), table));
    block(text, "Further metrics", PaperTables.further(values.name(), table));
    return text.toString();
  }

  /** A block without columns beside the labels is left out. */
  private static void block(StringBuilder text, String title, PaperTable block) {
    if (block.hasValues()) {
      PaperTable plain = new PaperTable(block.name(), "", block.columns(), block.rows(), Map.of());
      text.append("\n**").append(title).append("**\n\n").append(MarkdownTable.of(plain));
    }
  }

  /**
   * What a figure shows.
   *
   * @throws NoDataException when the results hold nothing to draw, with the reason
   */
  public FigureData figure(FigureOptions options) throws NoDataException {
    return Figures.data(maker, options);
  }

  /** The sidecar of a figure. */
  public String sidecar(FigureData figure, String model) {
    return new Sidecar(
            Release.version(),
            model,
            null,
            figure.options(),
            Sidecar.tree(figure.panels()),
            journals)
        .text();
  }

  /** Text as files have it. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
