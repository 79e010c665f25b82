package org.trimtab.report.paper;

import java.util.List;
import java.util.stream.Collectors;

/** A table as Markdown with pipes, as GitHub renders it. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /** The rows, then the footnotes; no caption. */
  public static String of(PaperTable table) {
    StringBuilder text = new StringBuilder();
    line(text, table.columns().stream().map(column -> escaped(column.header())).toList());
    line(text, table.columns().stream().map(column -> column.left() ? ":--" : "--:").toList());
    table.rows().forEach(row -> line(text, row.stream().map(MarkdownTable::entry).toList()));
    if (!table.footnotes().isEmpty()) {
      text.append('\n');
      text.append(
          table.footnotes().entrySet().stream()
              .map(note -> "<sup>" + note.getKey() + "</sup> " + escaped(note.getValue()))
              .collect(Collectors.joining("<br>\n")));
      text.append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String entry(PaperTable.Entry entry) {
    String text = escaped(entry.text());
    String marks =
        entry.footnotes().isEmpty()
            ? ""
            : " <sup>" + String.join(",", entry.footnotes()) + "</sup>";
    return (entry.best() ? "**" + text + "**" : text) + escaped(entry.stars()) + marks;
  }

  /** A text of which Markdown and HTML make nothing else. */
  public static String escaped(String text) {
    return text.replaceAll("\\s+", " ")
        .replace("\\", "\\\\")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("|", "\\|")
        .replaceAll("([*_`\\[\\]#])", "\\\\$1")
        .replace("+-", "±");
  }
}
