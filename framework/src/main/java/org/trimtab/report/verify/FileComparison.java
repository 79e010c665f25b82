package org.trimtab.report.verify;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.trimtab.report.verify.Verification.Mismatch;

/** Compares what a file holds with what it should hold, place by place. */
final class FileComparison {
  /** Not a part of a hash, such as 62e9131593, whose difference nobody could wait for. */
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?(?!\\w)");

  private static final int SHOWN = 20;

  private FileComparison() {}

  /** What differs; nothing when the texts are the same. */
  static List<Mismatch> of(Path file, String suffix, String actual, String expected) {
    List<Mismatch> findings = new ArrayList<>();
    if (actual.equals(expected)) {
      return findings;
    }
    List<TextCells> found = TextCells.of(suffix, actual);
    List<TextCells> computed = TextCells.of(suffix, expected);
    if (found.size() != computed.size()) {
      String difference =
          "%s entries and lines, recomputed %s; first differences:"
              .formatted(found.size(), computed.size());
      findings.add(new Mismatch(file, "the whole file", difference));
    }
    for (int i = 0; i < Math.min(found.size(), computed.size()); i++) {
      if (!found.get(i).text().equals(computed.get(i).text()) && findings.size() < SHOWN) {
        String place = computed.get(i).place();
        findings.add(
            new Mismatch(file, place, difference(found.get(i).text(), computed.get(i).text())));
      }
    }
    if (findings.isEmpty()) {
      findings.add(new Mismatch(file, "the whole file", "white space or quotes differ"));
    }
    return findings;
  }

  private static String difference(String actual, String expected) {
    String both = "'" + shortened(actual) + "', recomputed '" + shortened(expected) + "'";
    List<String> there = numbers(actual);
    List<String> computed = numbers(expected);
    List<String> off = new ArrayList<>();
    for (int i = 0; i < computed.size() && there.size() == computed.size(); i++) {
      BigDecimal difference =
          new BigDecimal(there.get(i)).subtract(new BigDecimal(computed.get(i)));
      if (difference.signum() != 0) {
        off.add((difference.signum() > 0 ? "+" : "") + difference.toPlainString());
      }
    }
    return both + (off.isEmpty() ? "" : " (off by " + String.join(", ", off) + ")");
  }

  private static List<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(MatchResult::group).toList();
  }

  private static String shortened(String text) {
    return text.length() > 120 ? text.substring(0, 119) + "…" : text;
  }
}
