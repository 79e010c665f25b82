package org.trimtab.report.paper;

import java.util.List;
import java.util.Map;

/**
 * A table as it is printed, in no particular format.
 *
 * @param name its files' name
 * @param caption what it shows, and on what
 * @param columns its columns
 * @param rows an entry a column
 * @param footnotes what the marks behind row names mean, by mark
 */
public record PaperTable(
    String name,
    String caption,
    List<Column> columns,
    List<List<Entry>> rows,
    Map<String, String> footnotes) {

  /**
   * A column.
   *
   * @param header its name
   * @param left whether it is aligned to the left
   */
  public record Column(String header, boolean left) {}

  /**
   * What stands at one place.
   *
   * @param text a number, a text, or {@code -} for what there is not
   * @param best whether it is the best of its column
   * @param stars marks of significance: none to three
   * @param footnotes marks of footnotes, in order
   */
  public record Entry(String text, boolean best, String stars, List<String> footnotes) {
    static Entry of(String text) {
      return new Entry(text, false, "", List.of());
    }
  }
}
