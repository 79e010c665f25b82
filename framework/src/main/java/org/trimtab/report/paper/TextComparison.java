package org.trimtab.report.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.trimtab.io.Csv;
import org.trimtab.report.GeneratedTexts;

/** Generated texts beside those of the reference row, with a mark where the two first differ. */
public final class TextComparison {
  /** The largest number of prompts whose texts a page shows for every row. */
  private static final int SHOWN = 8;

  /** The largest number of characters of a text that a page shows. */
  private static final int LONGEST = 2000;

  private static final String MARK = "**▸** ";

  private TextComparison() {}

  /** A page in Markdown: a table for every row, the reference's text at the left. */
  public static String markdown(List<GeneratedTexts> all, String against, String sources) {
    StringBuilder page = new StringBuilder();
    for (GeneratedTexts texts : all) {
      page.append(page.isEmpty() ? "" : "\n");
      page.append(MarkdownTable.escaped(caption(texts, against) + " " + sources)).append('\n');
      for (GeneratedTexts.Row row : texts.rows()) {
        page.append("\n**").append(MarkdownTable.escaped(row.label())).append("**\n\n");
        page.append("| prompt | ").append(MarkdownTable.escaped(against)).append(" | ");
        page.append(MarkdownTable.escaped(row.label())).append(" |\n| :-- | :-- | :-- |\n");
        shown(texts).forEach(item -> line(page, texts, row, item));
      }
    }
    return page.toString();
  }

  private static String caption(GeneratedTexts texts, String against) {
    int count = texts.prompts().size();
    String which =
        count > SHOWN
            ? "the first %d of %d prompts of %s (all are in the file of this name that ends in .csv)"
                .formatted(SHOWN, count, texts.dataset())
            : "%d %s of %s".formatted(count, count == 1 ? "prompt" : "prompts", texts.dataset());
    return "What the rows wrote to %s, in the evaluation %s; ▸ stands before the first word in which a text differs from that of %s."
        .formatted(which, texts.evaluation(), against);
  }

  private static List<Integer> shown(GeneratedTexts texts) {
    return texts.prompts().keySet().stream().limit(SHOWN).toList();
  }

  private static void line(
      StringBuilder page, GeneratedTexts texts, GeneratedTexts.Row row, int item) {
    String left = texts.reference().getOrDefault(item, "");
    String right = row.texts().get(item);
    if (right == null) {
      return;
    }
    boolean compared = texts.reference().containsKey(item);
    int from = compared ? firstDifference(left, right) : right.length();
    boolean same = compared && left.equals(right);
    page.append("| ").append(MarkdownTable.escaped(texts.prompts().getOrDefault(item, "")));
    page.append(" | ").append(compared ? marked(left, same ? left.length() + 1 : from) : "-");
    page.append(" | ").append(same ? "*the same*" : marked(right, compared ? from : -1));
    page.append(" |\n");
  }

  /** A text with a mark before a place; no mark if it has no such place. */
  private static String marked(String text, int place) {
    boolean whole = text.length() <= LONGEST;
    int end = !whole && Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    String shown = whole ? text.stripTrailing() : text.substring(0, end) + " …";
    if (place < 0 || place > (whole ? text.length() : end)) {
      return lines(shown);
    }
    int at = Math.min(place, shown.length());
    return lines(shown.substring(0, at)) + MARK + lines(shown.substring(at));
  }

  private static String lines(String text) {
    return text.lines().map(MarkdownTable::escaped).collect(Collectors.joining("<br>"))
        + (text.endsWith("\n") ? "<br>" : "");
  }

  /**
   * The beginning of the first word in which two texts differ; the length of the shorter one if the
   * other only goes on.
   */
  static int firstDifference(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int at = 0;
    while (at < shorter && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    if (at > 0 && Character.isHighSurrogate(a.charAt(at - 1))) {
      at--;
    }
    boolean within = isOfWord(a, at) || isOfWord(b, at);
    while (within && at > 0 && isOfWord(a, at - 1)) {
      at--;
    }
    return at;
  }

  /** Ideographs are words of their own. */
  private static boolean isOfWord(String text, int at) {
    return at < text.length()
        && Character.isLetterOrDigit(text.charAt(at))
        && !Character.isIdeographic(text.charAt(at));
  }

  /** Every text as comma-separated values; {@code same} is the number of equal first characters. */
  public static String csv(List<GeneratedTexts> all) {
    StringBuilder text =
        new StringBuilder(
            Csv.line(List.of("evaluation", "row", "item", "prompt", "reference", "text", "same")));
    for (GeneratedTexts texts : all) {
      for (GeneratedTexts.Row row : texts.rows()) {
        for (Map.Entry<Integer, String> written : row.texts().entrySet()) {
          int item = written.getKey();
          String reference = texts.reference().get(item);
          List<String> line = new ArrayList<>();
          line.add(texts.evaluation());
          line.add(row.label());
          line.add(String.format(Locale.ROOT, "%d", item));
          line.add(texts.prompts().getOrDefault(item, ""));
          line.add(reference == null ? "" : reference);
          line.add(written.getValue());
          line.add(
              reference == null
                  ? ""
                  : Integer.toString(firstDifference(reference, written.getValue())));
          text.append(Csv.line(line));
        }
      }
    }
    return text.toString();
  }
}
