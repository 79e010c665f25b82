package org.trimtab.report.paper;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trimtab.report.ResultTable;

/** A result table as plain text for a terminal, 100 columns wide. */
public final class TableText {
  private static final int WIDTH = 100;

  private TableText() {}

  /** The table with what a reader must know to read it. */
  public static String of(ResultTable table) {
    PaperTable values = PaperTables.values(table.name(), table.question(), table);
    PaperTable tests = PaperTables.tests(table.name(), table);
    PaperTable splits = PaperTables.splits(table.name(), table);
    PaperTable further = PaperTables.further(table.name(), table);
    StringBuilder text = new StringBuilder();
    paragraph(text, table.name() + ": " + table.question());
    text.append('\n').append(block(values));
    values.footnotes().forEach((mark, note) -> paragraph(text, "[" + mark + "] " + note));
    TableNotes.of(table, false).forEach(note -> paragraph(text, note));
    Stream.of(tests, splits, further)
        .filter(PaperTable::hasValues)
        .forEach(block -> text.append('\n').append(block(block)));
    return text.toString();
  }

  /** With a shorter unit, or none: a line has no room. */
  private static String header(String header) {
    return header.replace(PaperTables.PERCENT, " %").replace(PaperTables.POINTS, "");
  }

  private static String block(PaperTable table) {
    AlignedText text = new AlignedText();
    List<PaperTable.Column> columns = table.columns();
    int next = 0;
    while (next < columns.size()) {
      int first = next++;
      if (columns.get(first).place() == PaperTable.Place.LABEL) {
        text.leading(columns.get(first).left(), cells(table, first));
      } else if (columns.get(first).place() == PaperTable.Place.VALUE) {
        while (next < columns.size() && columns.get(next).place() == PaperTable.Place.BESIDE) {
          next++;
        }
        text.group(IntStream.range(first, next).mapToObj(i -> cells(table, i)).toList());
      }
    }
    return text.render(WIDTH);
  }

  private static List<String> cells(PaperTable table, int column) {
    return Stream.concat(
            Stream.of(header(table.columns().get(column).header())),
            table.rows().stream().map(row -> entry(row.get(column))))
        .toList();
  }

  /** Stars are left to the p-values below. */
  private static String entry(PaperTable.Entry entry) {
    String marks =
        entry.footnotes().isEmpty() ? "" : " [" + String.join(",", entry.footnotes()) + "]";
    return entry.text().replace(", ", ",") + marks;
  }

  private static void paragraph(StringBuilder text, String words) {
    int column = 0;
    for (String word : words.strip().split("\\s+")) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n');
        column = 0;
      }
      text.append(column > 0 ? " " : "").append(word);
      column += (column > 0 ? 1 : 0) + word.length();
    }
    text.append('\n');
  }
}
