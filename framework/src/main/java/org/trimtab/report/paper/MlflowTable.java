package org.trimtab.report.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.io.Json;

/** A table as MLflow shows tables: {@code {"columns": [...], "data": [[...]]}}. */
public final class MlflowTable {
  private MlflowTable() {}

  /**
   * The rows, with footnotes in a column of their own if there are any. MLflow addresses columns by
   * name, so a header that occurs again is preceded by the one of the value that it belongs to.
   */
  public static String of(PaperTable table) {
    List<String> headers = new ArrayList<>();
    String value = "";
    for (PaperTable.Column column : table.columns()) {
      String header = column.header();
      if (column.place() == PaperTable.Place.VALUE) {
        value = header;
      }
      headers.add(headers.contains(header) ? value + " " + header : header);
    }
    boolean notes = !table.footnotes().isEmpty();
    ObjectNode json = Json.object();
    ArrayNode columns = json.putArray("columns");
    headers.forEach(columns::add);
    if (notes) {
      columns.add("notes");
    }
    ArrayNode data = json.putArray("data");
    for (List<PaperTable.Entry> row : table.rows()) {
      ArrayNode cells = data.addArray();
      List<String> marks = new ArrayList<>();
      for (PaperTable.Entry entry : row) {
        cells.add(entry.text() + entry.stars());
        entry.footnotes().forEach(mark -> marks.add(table.footnotes().getOrDefault(mark, mark)));
      }
      if (notes) {
        cells.add(String.join("; ", marks));
      }
    }
    return Json.line(json) + "\n";
  }
}
