package org.trimtab.report.verify;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file in places that people can find: rows and columns where it is a table, lines
 * elsewhere.
 *
 * @param place row and column, or line
 * @param text what stands there
 */
record TextCells(String place, String text) {
  private static final Pattern PIPE = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern AMPERSAND = Pattern.compile("(?<!\\\\)&");

  /** The places of a file, in order. */
  static List<TextCells> of(String suffix, String text) {
    return switch (suffix) {
      case "csv" -> csv(text);
      case "md" -> lines(text, PIPE, "|");
      case "tex" -> lines(text, AMPERSAND, "\\\\");
      default -> lines(text, null, "");
    };
  }

  /** A table's lines end in a mark; the first of a block of them is its header. */
  private static List<TextCells> lines(String text, @Nullable Pattern separator, String end) {
    List<TextCells> cells = new ArrayList<>();
    List<String> header = List.of();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (separator == null || !line.endsWith(end)) {
        if (!line.startsWith("\\midrule")) {
          header = List.of();
        }
        cells.add(new TextCells("line " + number, line));
        continue;
      }
      List<String> parts = separator.splitAsStream(line).map(String::strip).toList();
      if (header.isEmpty()) {
        header = parts;
      }
      int first = parts.get(0).isEmpty() && parts.size() > 1 ? 1 : 0;
      for (int i = first; i < parts.size(); i++) {
        String column = i < header.size() ? header.get(i) : Integer.toString(i + 1);
        String place = "line " + number + ", row '" + parts.get(first) + "', column '" + column;
        cells.add(new TextCells(place + "'", parts.get(i)));
      }
    }
    return cells;
  }

  private static List<TextCells> csv(String text) {
    List<TextCells> cells = new ArrayList<>();
    for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(text)) {
      for (int column = 0; column < row.getFieldCount(); column++) {
        String header = row.getHeader().get(column);
        cells.add(
            new TextCells(
                "row "
                    + (row.getStartingLineNumber() - 1)
                    + " ("
                    + row.getField(0)
                    + "), column '"
                    + header
                    + "'",
                row.getField(column)));
      }
    }
    return cells;
  }
}
