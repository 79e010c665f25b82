package org.trimtab.spec;

import java.util.regex.Pattern;
import org.trimtab.UserException;

/**
 * A share of a number of things, between none and all: {@code 70%}.
 *
 * @param text a percentage with at most six decimals
 */
@StringCoded(as = "a share such as 70%", pattern = Share.FORM)
public record Share(String text) {
  static final String FORM = "\\d{1,2}(\\.\\d{1,6})?%";

  private static final Pattern SHARE = Pattern.compile(FORM);

  /**
   * Reads a percentage.
   *
   * @throws UserException for any other text, and for 0%
   */
  public static Share parse(String text) {
    if (!SHARE.matcher(text).matches() || !text.matches(".*[1-9].*")) {
      throw new UserException(
          "'" + text + "' is not a share: write a percentage between 0% and 100%, such as 70%");
    }
    return new Share(text);
  }

  /** The share of a number of things, rounded down. */
  public int of(int number) {
    return Percent.floor(text.substring(0, text.length() - 1), number);
  }

  @Override
  public String toString() {
    return text;
  }
}
