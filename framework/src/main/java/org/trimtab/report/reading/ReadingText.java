package org.trimtab.report.reading;

import java.util.ArrayList;
import java.util.List;
import org.trimtab.report.reading.ReadingTables.Table;

/** A reading as plain text for a terminal. */
public final class ReadingText {
  private static final int TOKENS = 10;
  private static final int NARROWEST = 60;

  private final int width;
  private final StringBuilder text = new StringBuilder();

  private ReadingText(int columns) {
    width = Math.max(NARROWEST, Math.min(columns, 100));
  }

  /**
   * The findings and the tables.
   *
   * @param columns the width of the terminal
   */
  public static String of(Reading reading, int columns) {
    return new ReadingText(columns).all(reading);
  }

  private String all(Reading reading) {
    ReadingTables tables = new ReadingTables(reading);
    paragraph(tables.title());
    for (String finding : tables.findings()) {
      text.append('\n');
      paragraph(finding);
    }
    reading.lenses().stream()
        .reduce((a, b) -> ReadingTables.z(b) > ReadingTables.z(a) ? b : a)
        .ifPresent(lens -> table(tables.tokens(lens, TOKENS)));
    table(tables.written());
    table(tables.separation());
    table(tables.geometry());
    table(tables.cosines());
    table(tables.heads());
    return text.toString();
  }

  private void table(Table table) {
    text.append('\n');
    paragraph(table.title());
    if (!table.rows().isEmpty()) {
      rows(table);
    }
    paragraph(table.note());
  }

  /** Columns that do not fit go below, with the first one repeated. */
  private void rows(Table table) {
    List<List<String>> all = new ArrayList<>();
    all.add(table.header());
    all.addAll(table.rows());
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < table.header().size(); column++) {
      int own = column;
      widths.add(all.stream().mapToInt(row -> width(row.get(own))).max().orElse(0));
    }
    int next = 1;
    while (next < widths.size()) {
      List<Integer> block = new ArrayList<>(List.of(0));
      int used = widths.get(0);
      do {
        used += 2 + widths.get(next);
        block.add(next++);
      } while (next < widths.size() && used + 2 + widths.get(next) <= width);
      for (List<String> row : all) {
        StringBuilder line = new StringBuilder();
        for (int column : block) {
          String pad = " ".repeat(widths.get(column) - width(row.get(column)));
          line.append(line.isEmpty() ? "" : "  ");
          line.append(words(table, column) ? row.get(column) + pad : pad + row.get(column));
        }
        text.append(line.toString().stripTrailing()).append('\n');
      }
    }
  }

  private static boolean words(Table table, int column) {
    return !table.rows().stream()
        .allMatch(row -> row.get(column).matches("-|[<+-]?[0-9.]+([ \\[,].*|-[0-9.-]+)?"));
  }

  /** Columns that a text takes on a terminal; signs of East Asian scripts take two. */
  static int width(String text) {
    return text.codePoints().map(c -> wide(c) ? 2 : 1).sum();
  }

  private static boolean wide(int c) {
    return c >= 0x1100
        && (c <= 0x115F
            || (c >= 0x2E80 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD));
  }

  private void paragraph(String words) {
    int column = 0;
    for (String word : words.strip().split("\\s+")) {
      int own = width(word);
      if (column > 0 && column + 1 + own > width) {
        text.append('\n');
        column = 0;
      }
      text.append(column > 0 ? " " : "").append(word);
      column += (column > 0 ? 1 : 0) + own;
    }
    text.append(words.isBlank() ? "" : "\n");
  }
}
