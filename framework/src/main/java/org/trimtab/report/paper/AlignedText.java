package org.trimtab.report.paper;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of plain text. What does not fit the width goes to further blocks below, each with the
 * leading columns repeated.
 */
final class AlignedText {
  private record Column(boolean left, int gap, List<String> cells) {
    int width() {
      return cells.stream().mapToInt(String::length).max().orElse(0);
    }
  }

  private final List<Column> leading = new ArrayList<>();
  private final List<List<Column>> groups = new ArrayList<>();

  /** Adds a column that stands at the left of every block; its first cell is the header. */
  void leading(boolean left, List<String> cells) {
    leading.add(new Column(left, leading.isEmpty() ? 0 : 1, List.copyOf(cells)));
  }

  /** Adds columns that stay together, aligned to the right; first cells are headers. */
  void group(List<List<String>> columns) {
    List<Column> group = new ArrayList<>();
    for (List<String> cells : columns) {
      group.add(new Column(false, group.isEmpty() ? 2 : 1, List.copyOf(cells)));
    }
    groups.add(group);
  }

  /** The blocks, one below the other with an empty line between. */
  String render(int width) {
    StringBuilder text = new StringBuilder();
    List<Column> block = new ArrayList<>(leading);
    for (List<Column> group : groups) {
      if (block.size() > leading.size() && width(block) + width(group) > width) {
        write(block, text);
        text.append('\n');
        block = new ArrayList<>(leading);
      }
      block.addAll(group);
    }
    write(block, text);
    return text.toString();
  }

  private static int width(List<Column> columns) {
    return columns.stream().mapToInt(column -> column.gap() + column.width()).sum();
  }

  private static void write(List<Column> columns, StringBuilder text) {
    for (int row = 0; row < columns.get(0).cells().size(); row++) {
      StringBuilder line = new StringBuilder();
      for (Column column : columns) {
        String cell = column.cells().get(row);
        String pad = " ".repeat(column.width() - cell.length());
        line.append(" ".repeat(column.gap()));
        line.append(column.left() ? cell + pad : pad + cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }
}
