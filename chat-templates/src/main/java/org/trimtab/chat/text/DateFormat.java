package org.trimtab.chat.text;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.chat.value.Failure;

/** Python's {@code datetime.strftime} for a date and time without zone, in the C locale. */
public final class DateFormat {
  private static final Pattern DIRECTIVE =
      Pattern.compile("%(?<unpadded>-?)(?<directive>.)?", Pattern.DOTALL);

  private DateFormat() {}

  /** Formats a date and time. Fails for directives that it does not know. */
  public static String apply(String format, LocalDateTime time) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = DIRECTIVE.matcher(format);
    while (matcher.find()) {
      String directive = matcher.group("directive");
      if (directive == null) {
        throw Failure.unsupported("a date format that ends in '%'");
      }
      String field = directive(directive.charAt(0), time);
      boolean unpadded = !matcher.group("unpadded").isEmpty();
      String shown = unpadded ? withoutPadding(field, directive.charAt(0)) : field;
      matcher.appendReplacement(out, Matcher.quoteReplacement(shown));
    }
    return matcher.appendTail(out).toString();
  }

  private static String withoutPadding(String field, char directive) {
    if ("dmyHIMSjeklUWV".indexOf(directive) < 0) {
      throw Failure.unsupported("the date directive '%-" + directive + "'");
    }
    String bare = field.replaceFirst("^[0 ]+", "");
    return bare.isEmpty() ? "0" : bare;
  }

  private static String directive(char directive, LocalDateTime time) {
    int hour = time.get(ChronoField.CLOCK_HOUR_OF_AMPM);
    return switch (directive) {
      case 'a' -> pattern("EEE", time);
      case 'A' -> pattern("EEEE", time);
      case 'b', 'h' -> pattern("MMM", time);
      case 'B' -> pattern("MMMM", time);
      case 'c' -> apply("%a %b %e %H:%M:%S %Y", time);
      case 'C' -> pad("%02d", time.getYear() / 100);
      case 'd' -> pad("%02d", time.getDayOfMonth());
      case 'D', 'x' -> apply("%m/%d/%y", time);
      case 'e' -> pad("%2d", time.getDayOfMonth());
      case 'f' -> pad("%06d", time.getNano() / 1000);
      case 'F' -> apply("%Y-%m-%d", time);
      case 'G' -> pad("%d", time.get(IsoFields.WEEK_BASED_YEAR));
      case 'H' -> pad("%02d", time.getHour());
      case 'I' -> pad("%02d", hour);
      case 'j' -> pad("%03d", time.getDayOfYear());
      case 'k' -> pad("%2d", time.getHour());
      case 'l' -> pad("%2d", hour);
      case 'm' -> pad("%02d", time.getMonthValue());
      case 'M' -> pad("%02d", time.getMinute());
      case 'n' -> "\n";
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'P' -> time.getHour() < 12 ? "am" : "pm";
      case 'r' -> apply("%I:%M:%S %p", time);
      case 'R' -> apply("%H:%M", time);
      case 'S' -> pad("%02d", time.getSecond());
      case 't' -> "\t";
      case 'T', 'X' -> apply("%H:%M:%S", time);
      case 'u' -> pad("%d", time.getDayOfWeek().getValue());
      case 'U' -> pad("%02d", (time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7);
      case 'V' -> pad("%02d", time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'w' -> pad("%d", time.getDayOfWeek().getValue() % 7);
      case 'W' -> pad("%02d", (time.getDayOfYear() + 7 - time.getDayOfWeek().getValue()) / 7);
      case 'y' -> pad("%02d", time.getYear() % 100);
      case 'Y' -> pad("%d", time.getYear());
      case 'z', 'Z' -> "";
      case '%' -> "%";
      default -> throw Failure.unsupported("the date directive '%" + directive + "'");
    };
  }

  private static String pattern(String pattern, LocalDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US).format(time);
  }

  private static String pad(String format, int number) {
    return String.format(Locale.ROOT, format, number);
  }
}
