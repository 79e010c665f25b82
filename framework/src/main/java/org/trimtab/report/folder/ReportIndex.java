package org.trimtab.report.folder;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.plan.Plan;
import org.trimtab.report.figure.FigureData;
import org.trimtab.report.paper.MarkdownTable;

/** The page to begin with: all tables with their notes, all figures, and what was left out. */
public final class ReportIndex {
  private static final String TABLE = "## Table: ";

  private final StringBuilder text = new StringBuilder();

  ReportIndex(Plan plan) {
    text.append("# ").append(plan.name()).append("\n\n");
    if (!plan.warning().isEmpty()) {
      text.append("**").append(plan.warning()).append("**\n\n");
    }
    text.append(MarkdownTable.escaped(plan.question())).append("\n\n");
    text.append(
        "Made from journals alone by `./run report "
            + plan.name()
            + "`; `./run verify "
            + plan.name()
            + "` computes every number again.\n");
  }

  void table(String name, String markdown) {
    text.append('\n').append(heading(name)).append("\n\n");
    text.append("[%1$s.md](%1$s.md) · [%1$s.csv](%1$s.csv) · [%1$s.tex](%1$s.tex)".formatted(name));
    text.append(" · [%1$s.json](%1$s.json) (cells and journals)\n\n".formatted(name));
    text.append(markdown);
  }

  /** The line above a table in the index; three lines below it the table's own file begins. */
  public static String heading(String name) {
    return TABLE + name;
  }

  void figure(FigureData figure) {
    String name = figure.options().fileName();
    text.append("\n## Figure: ").append(name).append("\n\n");
    text.append("![%1$s](%1$s.png)\n\n".formatted(name));
    text.append(MarkdownTable.escaped(figure.caption())).append('\n');
    figure.notes().forEach(note -> text.append("\n* ").append(MarkdownTable.escaped(note)));
    text.append(figure.notes().isEmpty() ? "\n" : "\n\n");
    text.append("[%1$s.svg](%1$s.svg) · [%1$s.png](%1$s.png)".formatted(name));
    text.append(" · [%1$s.json](%1$s.json) (points, cells and journals)\n".formatted(name));
  }

  /**
   * Links to what else is shown of the rows of the main table; times would make the index another
   * one whenever a spec runs.
   *
   * @param suffixes those of its files; none for nothing
   */
  void section(String name, Set<String> suffixes) {
    if (!suffixes.isEmpty()) {
      boolean costs = name.equals(ReportMaker.COSTS);
      text.append("\n## ").append(costs ? "Costs" : "Texts").append("\n\n");
      text.append(
          costs
              ? "What each row of the main table costs: parameters, fit, time per token. "
              : "What the rows of the main table wrote, beside the reference. ");
      text.append(
          Stream.of("md", "csv", "tex", "json")
              .filter(suffixes::contains)
              .map(suffix -> "[%1$s.%2$s](%1$s.%2$s)".formatted(name, suffix))
              .collect(Collectors.joining(" · ")));
      text.append('\n');
    }
  }

  /** What was read of cells' directions. */
  void readings(String section) {
    text.append('\n').append(section);
  }

  String text(List<String> leftOut) {
    if (!leftOut.isEmpty()) {
      text.append("\n## Left out\n\n");
      leftOut.forEach(line -> text.append("* ").append(MarkdownTable.escaped(line)).append('\n'));
    }
    return text.toString();
  }
}
