package org.trimtab.say;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Replies in two columns, word by word. The row that grows is rewritten in place; it stays when
 * both replies have gone beyond it.
 */
final class Columns implements Listener {
  private static final String CLEAR = "\r\u001b[2K";
  private static final String BETWEEN = " \u2502 ";

  private final Screen screen;
  private final String edit;
  private final int width;
  private final Map<Side, Column> columns = new EnumMap<>(Side.class);
  private int row;

  /** A character with how it is shown. */
  private record Glyph(int point, boolean marked) {}

  /** One reply, wrapped. */
  private static final class Column {
    private final int width;
    private final List<List<Glyph>> rows = new ArrayList<>(List.of(new ArrayList<>()));
    private boolean ended;

    Column(int width) {
      this.width = width;
    }

    void add(String text, boolean marked) {
      text.codePoints().forEach(point -> add(new Glyph(point, marked)));
    }

    private void add(Glyph glyph) {
      List<Glyph> last = rows.get(rows.size() - 1);
      if (glyph.point == '\n') {
        rows.add(new ArrayList<>());
      } else if (width(last) + Shown.width(glyph.point) <= width) {
        last.add(glyph);
      } else if (glyph.point != ' ') {
        List<Glyph> next = carried(last);
        next.add(glyph);
        rows.add(next);
      } else {
        rows.add(new ArrayList<>());
      }
    }

    /** Takes the word that a row ends in from it, unless it is all of the row. */
    private static List<Glyph> carried(List<Glyph> row) {
      int space = row.size() - 1;
      while (space >= 0 && row.get(space).point != ' ') {
        space--;
      }
      if (space < 0) {
        return new ArrayList<>();
      }
      List<Glyph> word = new ArrayList<>(row.subList(space + 1, row.size()));
      row.subList(space, row.size()).clear();
      return word;
    }

    static int width(List<Glyph> row) {
      return row.stream().mapToInt(glyph -> Shown.width(glyph.point)).sum();
    }

    /** Whether a row can no longer change. */
    boolean beyond(int at) {
      return ended || rows.size() - 1 > at;
    }
  }

  /**
   * @param edit what the edited side is, for its heading
   */
  Columns(Screen screen, String edit) {
    this.screen = screen;
    this.edit = edit;
    width = (screen.columns() - 1 - BETWEEN.length()) / 2; // a full line might wrap
  }

  @Override
  public boolean together() {
    return true;
  }

  @Override
  public void begins(Side side) {
    columns.put(side, new Column(width));
    if (columns.size() == Side.values().length) {
      row = 0;
      screen.line(
          screen.bold(padded(Side.BASELINE.toString()))
              + BETWEEN
              + screen.bold(cut(Side.EDITED + " (" + edit + ")")));
    }
  }

  private String padded(String text) {
    return text + " ".repeat(Math.max(0, width - Shown.width(text)));
  }

  private String cut(String text) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "\u2026";
  }

  @Override
  public void says(Side side, String piece, boolean differs) {
    Column column = column(side);
    boolean first = column.rows.size() == 1 && column.rows.get(0).isEmpty();
    String text = Shown.text(first ? piece.stripLeading() : piece);
    column.add(differs ? screen.mark() + text : text, differs);
    draw();
  }

  @Override
  public void ends(Side side) {
    column(side).ended = true;
    draw();
    if (columns.values().stream().allMatch(each -> each.ended)) {
      screen.print("\n\n");
    }
  }

  private Column column(Side side) {
    return Objects.requireNonNull(columns.get(side));
  }

  private int last() {
    return columns.values().stream().mapToInt(each -> each.rows.size() - 1).max().orElse(0);
  }

  private void draw() {
    StringBuilder drawn = new StringBuilder(CLEAR).append(both(row));
    while (row < last() && columns.values().stream().allMatch(each -> each.beyond(row))) {
      row++;
      drawn.append('\n').append(both(row));
    }
    screen.print(drawn.toString());
  }

  private String both(int at) {
    List<Glyph> left = row(Side.BASELINE, at);
    return styled(left)
        + " ".repeat(width - Column.width(left))
        + BETWEEN
        + styled(row(Side.EDITED, at));
  }

  private List<Glyph> row(Side side, int at) {
    List<List<Glyph>> rows = column(side).rows;
    return at < rows.size() ? rows.get(at) : List.of();
  }

  private String styled(List<Glyph> glyphs) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < glyphs.size()) {
      boolean marked = glyphs.get(at).marked;
      StringBuilder run = new StringBuilder();
      while (at < glyphs.size() && glyphs.get(at).marked == marked) {
        run.appendCodePoint(glyphs.get(at++).point);
      }
      text.append(marked ? screen.inverse(run.toString()) : run.toString());
    }
    return text.toString();
  }
}
