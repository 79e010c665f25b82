package org.trimtab.selftest;

import java.util.List;
import java.util.Locale;
import org.trimtab.io.TextTable;

/**
 * Findings as text: one line each, then the notes of those that fail.
 *
 * @param subject the header of the first column
 */
public record FindingText(String subject, List<Finding> findings) {
  /** Copies the list. */
  public FindingText {
    findings = List.copyOf(findings);
  }

  /** Whether something was compared and all of it is within tolerance. */
  public boolean passes() {
    return !findings.isEmpty() && findings.stream().allMatch(Finding::passes);
  }

  /** The table, the notes of failures and a last line that says whether all passed. */
  public String text() {
    TextTable table = new TextTable(subject, "compared", "difference", "tolerance", "result");
    StringBuilder notes = new StringBuilder();
    for (Finding finding : findings) {
      table.row(
          finding.subject(),
          finding.kind(),
          finding.shown(),
          finding.tolerance() == 0 ? "-" : String.format(Locale.ROOT, "%.0e", finding.tolerance()),
          finding.passes() ? "pass" : "FAIL");
      if (!finding.passes() && !finding.note().isEmpty()) {
        notes.append(finding.subject() + " " + finding.kind() + ": " + finding.note() + "\n");
      }
    }
    return table.text() + notes + verdict(findings);
  }

  /** A summary line. */
  static String verdict(List<Finding> findings) {
    long failed = findings.stream().filter(finding -> !finding.passes()).count();
    return failed == 0
        ? "All " + findings.size() + " comparisons pass.\n"
        : failed + " of " + findings.size() + " comparisons FAIL.\n";
  }
}
