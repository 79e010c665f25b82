package org.trimtab.run;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as in RFC 4180, with a line feed at the end of each line. */
final class CsvText {
  private CsvText() {}

  /** One line, with its line feed. */
  static String line(List<String> values) {
    return values.stream().map(CsvText::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
