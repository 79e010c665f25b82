package org.trimtab.io;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Rows of plain text in aligned columns: words to the left, numbers to the right. */
public final class TextTable {
  private static final String GAP = "  ";
  private static final Pattern NUMERIC = Pattern.compile("-|[+-]?[0-9].*|");

  private final List<List<String>> rows = new ArrayList<>();

  /** Begins a table with its header. */
  public TextTable(String... header) {
    rows.add(List.of(header));
  }

  /** Adds a row with as many cells as the header has. */
  public TextTable row(List<String> cells) {
    if (cells.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(cells + " does not fit the header " + rows.get(0));
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** Adds a row with as many cells as the header has. */
  public TextTable row(String... cells) {
    return row(List.of(cells));
  }

  /** All rows, each ended by a new line. */
  public String text() {
    int[] widths = IntStream.range(0, rows.get(0).size()).map(this::width).toArray();
    boolean[] numeric = new boolean[widths.length];
    for (int column = 0; column < widths.length; column++) {
      numeric[column] = numeric(column);
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String pad = " ".repeat(widths[column] - cell.length());
        line.append(column == 0 ? "" : GAP).append(numeric[column] ? pad + cell : cell + pad);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  /** Whether every cell below the header is a number or marks a missing one. */
  private boolean numeric(int column) {
    return rows.size() > 1
        && rows.stream().skip(1).allMatch(row -> NUMERIC.matcher(row.get(column)).matches());
  }
}
