package org.trimtab.run;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 has them, with a line feed at the end of each line. */
final class CsvText {
  private final StringBuilder text = new StringBuilder();

  /** Adds a line. */
  CsvText line(List<String> values) {
    text.append(values.stream().map(CsvText::quoted).collect(Collectors.joining(",")));
    text.append('\n');
    return this;
  }

  private static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
