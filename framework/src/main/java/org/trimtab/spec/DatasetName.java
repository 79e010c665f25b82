package org.trimtab.spec;

import org.trimtab.UserException;

/**
 * The name of a data set that the {@link Registry} knows, or a path to a user's own: with a slash,
 * or with the ending of a file, such as text.txt.
 *
 * @param text the name or path
 */
@StringCoded(as = "the name of a data set, or a file such as text.txt", pattern = "\\S(.*\\S)?")
public record DatasetName(String text) {
  /**
   * Reads a name.
   *
   * @throws UserException when it is empty or has blanks around it
   */
  public static DatasetName parse(String text) {
    if (text.isEmpty() || !text.equals(text.strip())) {
      throw new UserException("'" + text + "' is not the name of a data set");
    }
    return new DatasetName(text);
  }

  /** Whether this is a path to a user's own data set. */
  public boolean isPath() {
    return text.contains("/") || text.contains(".");
  }

  @Override
  public String toString() {
    return text;
  }
}
