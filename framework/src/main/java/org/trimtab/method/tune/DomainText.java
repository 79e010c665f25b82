package org.trimtab.method.tune;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.UserException;

/** Parses and prints domains. */
final class DomainText {
  private static final String NUMBER = "[-+]?\\d{1,20}(?:\\.\\d{1,20})?(?:[eE][-+]?\\d{1,3})?";
  private static final String RANGE =
      "(" + NUMBER + ") ?\\.\\. ?(" + NUMBER + ")( integer)?( log)?(?: step (" + NUMBER + "))?";
  private static final String CHOICE = "[^,\\s][^,]{0,63}";

  /** All forms, for the JSON schema. */
  static final String FORMS =
      "[-+]?\\d{1,20}(\\.\\d{1,20})?([eE][-+]?\\d{1,3})? ?\\.\\. ?"
          + "[-+]?\\d{1,20}(\\.\\d{1,20})?([eE][-+]?\\d{1,3})?( integer)?( log)?"
          + "( step \\d{1,20}(\\.\\d{1,20})?([eE][-+]?\\d{1,3})?)?"
          + "|fixed [-+]?\\d{1,20}(\\.\\d{1,20})?([eE][-+]?\\d{1,3})?"
          + "|one of [^,\\s][^,]{0,63}(,[^,]{1,64})*";

  private static final Pattern RANGES = Pattern.compile(RANGE);
  private static final Pattern FIXED = Pattern.compile("fixed (" + NUMBER + ")");
  private static final Pattern CHOICES =
      Pattern.compile("one of (" + CHOICE + "(?:,\\s*" + CHOICE + ")*)");

  private DomainText() {}

  /** Reads a domain. */
  static Domain parse(String text) {
    String plain = text.strip().replaceAll("\\s+", " ");
    Matcher range = RANGES.matcher(plain);
    if (range.matches()) {
      return range(plain, range);
    }
    Matcher fixed = FIXED.matcher(plain);
    if (fixed.matches()) {
      double value = number(plain, fixed.group(1));
      return new Numbers(value, value, 0, false, false);
    }
    Matcher choices = CHOICES.matcher(plain);
    if (choices.matches()) {
      return new Choices(Arrays.stream(choices.group(1).split(",")).map(String::strip).toList());
    }
    throw new UserException(
        ("'%s' is no range: write 0.0..0.1, 0..2 step 0.25, 1e-5..0.1 log, 4..25 integer,"
                + " fixed 0.05, or one of input, output")
            .formatted(text));
  }

  private static Numbers range(String text, Matcher range) {
    boolean integer = range.group(3) != null;
    String step = range.group(5);
    try {
      return new Numbers(
          number(text, range.group(1)),
          number(text, range.group(2)),
          step != null ? number(text, step) : integer ? 1 : 0,
          range.group(4) != null,
          integer);
    } catch (UserException e) {
      throw new UserException("'" + text + "': " + e.getMessage(), e);
    }
  }

  private static double number(String text, String number) {
    // Adding 0.0 makes -0 and 0, which mean the same, print the same.
    double value = Double.parseDouble(number) + 0.0;
    if (!Double.isFinite(value)) {
      throw new UserException("'" + text + "': " + number + " is too large for 64 bits");
    }
    return value;
  }

  /** A number without an exponent or needless zeros, unless {@link #parse} reads no such text. */
  static String plain(double number) {
    if (number == 0) {
      return "0";
    }
    String plain = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    return plain.matches(NUMBER) ? plain : NumberOutput.toString(number, true);
  }
}
