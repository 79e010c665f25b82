package org.trimtab.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.UserException;

/**
 * An amount of memory.
 *
 * @param bytes the number of bytes, at least 1 MiB
 */
@StringCoded(
    as = "an amount of memory such as 512MiB or 2GiB",
    pattern = "\\d{1,6}(\\.\\d{1,3})? ?(MiB|GiB|MB|GB)")
public record MemoryBudget(long bytes) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?) ?(MiB|GiB|MB|GB)");
  private static final long MEBIBYTE = 1L << 20;

  /**
   * Reads {@code 2GiB}, {@code 1.5 GiB}, {@code 512MiB}, {@code 800MB}.
   *
   * @throws UserException for any other text, or less than 1 MiB
   */
  public static MemoryBudget parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      long unit =
          switch (matcher.group(2)) {
            case "MiB" -> MEBIBYTE;
            case "GiB" -> MEBIBYTE << 10;
            case "MB" -> 1_000_000L;
            default -> 1_000_000_000L;
          };
      long bytes = (long) (Double.parseDouble(matcher.group(1)) * unit);
      if (bytes >= MEBIBYTE) {
        return new MemoryBudget(bytes / MEBIBYTE * MEBIBYTE);
      }
    }
    throw new UserException(
        "'" + text + "' is not an amount of memory: write 512MiB or 2GiB, at least 1MiB");
  }

  /** In mebibytes, or in gibibytes if that gives an integer. */
  @Override
  public String toString() {
    long mebibytes = bytes / MEBIBYTE;
    return mebibytes % 1024 == 0 ? mebibytes / 1024 + "GiB" : mebibytes + "MiB";
  }
}
