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
   * @param place what it stands beside
   */
  public record Column(String header, boolean left, Place place) {}

  /** Where a column stands when a table is too wide for its medium. */
  public enum Place {
    /** Names its row: repeated in every part of the table. */
    LABEL,
    /** A value, with the columns beside it in one part. */
    VALUE,
    /** Belongs to the value to the left. */
    BESIDE,
    /** Belongs to the value to the left; a terminal has no room for it. */
    WIDE
  }

  /** Whether there is more than the names of rows. */
  public boolean hasValues() {
    return columns.stream().anyMatch(column -> column.place() != Place.LABEL);
  }

  /**
   * What stands at one place.
   *
   * @param text a number, a text, or {@code -} for a missing value
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
