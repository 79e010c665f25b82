package org.trimtab.report.paper;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table as LaTeX: an environment {@code table} that needs the packages booktabs and graphicx. */
public final class LatexTable {
  /** Numbers, intervals, and numbers with deviations; all other texts are no formulas. */
  private static final Pattern NUMERIC =
      Pattern.compile(
          "[<+-]?N( \\+- N)?( \\[[+-]?N, [+-]?N])?".replace("N", "\\d+(\\.\\d+)?(e[+-]\\d+)?"));

  private static final Map<Character, String> SPECIAL =
      Map.ofEntries(
          Map.entry('\\', "\\textbackslash{}"),
          Map.entry('{', "\\{"),
          Map.entry('}', "\\}"),
          Map.entry('$', "\\$"),
          Map.entry('&', "\\&"),
          Map.entry('#', "\\#"),
          Map.entry('%', "\\%"),
          Map.entry('_', "\\_"),
          Map.entry('~', "\\textasciitilde{}"),
          Map.entry('^', "\\textasciicircum{}"),
          Map.entry('<', "\\textless{}"),
          Map.entry('>', "\\textgreater{}"),
          Map.entry('|', "\\textbar{}"),
          Map.entry('"', "\\textquotedbl{}"),
          Map.entry('*', "\\textasteriskcentered{}"));

  private LatexTable() {}

  /** The environment, with caption, label {@code tab:NAME}, footnotes and notes. */
  public static String of(PaperTable table, List<String> notes) {
    StringBuilder text = new StringBuilder();
    text.append(
        "% Needs \\usepackage[T1]{fontenc}, \\usepackage{booktabs} and \\usepackage{graphicx}.\n");
    text.append("\\begin{table}[t]\n\\centering\n\\scriptsize\n\\setlength{\\tabcolsep}{2.5pt}\n");
    text.append("\\caption{").append(escaped(table.caption())).append("}\n");
    text.append("\\label{tab:").append(table.name()).append("}\n");
    text.append("\\sbox0{\\begin{tabular}{@{}");
    table.columns().forEach(column -> text.append(column.left() ? 'l' : 'r'));
    text.append("@{}}\n\\toprule\n");
    line(text, table.columns().stream().map(column -> escaped(column.header())).toList());
    text.append("\\midrule\n");
    table.rows().forEach(row -> line(text, row.stream().map(LatexTable::entry).toList()));
    text.append("\\bottomrule\n\\end{tabular}}%\n");
    text.append("\\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox0}");
    text.append("\\else\\usebox0\\fi\n\n\\smallskip\n\\raggedright\n");
    table
        .footnotes()
        .forEach(
            (mark, note) ->
                text.append("$^{\\mathrm{%s}}$ %s\\par\n".formatted(mark, escaped(note))));
    notes.forEach(note -> text.append(escaped(note)).append("\\par\n"));
    return text.append("\\end{table}\n").toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(String.join(" & ", cells)).append(" \\\\\n");
  }

  private static String entry(PaperTable.Entry entry) {
    String stars = entry.stars().isEmpty() ? "" : "$^{" + entry.stars() + "}$";
    String marks =
        entry.footnotes().isEmpty()
            ? ""
            : "$^{\\mathrm{" + String.join(",", entry.footnotes()) + "}}$";
    return (entry.best() ? "\\textbf{" + bold(entry.text()) + "}" : number(entry.text()))
        + stars
        + marks;
  }

  /** Digits in bold need no formula, a minus sign does. */
  private static String bold(String text) {
    return escaped(text).replace("+-", "$\\pm$").replaceFirst("^-(?=\\d)", "\\$-\\$");
  }

  private static String number(String text) {
    if (text.equals("-")) {
      return "--";
    }
    return NUMERIC.matcher(text).matches()
        ? "$" + text.replace("+-", "\\pm").replace(", ", ",\\,").replace(" [", "\\ [") + "$"
        : escaped(text).replaceAll("(?<=\\d)-(?=\\d)", "--");
  }

  /** A text in which no character has a meaning of LaTeX's. */
  public static String escaped(String text) {
    return text.replaceAll("\\s+", " ")
        .codePoints()
        .mapToObj(
            c ->
                c < 128 && SPECIAL.containsKey((char) c)
                    ? SPECIAL.getOrDefault((char) c, "")
                    : Character.toString(c))
        .collect(Collectors.joining());
  }
}
