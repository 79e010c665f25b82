package org.trimtab.evaluators.exactmatch;

import java.text.Normalizer;

/**
 * The answer in a text, as it is compared: the first line in Unicode's form NFC, white space around
 * it taken off and white space within it made one space each, full stops at its end taken off.
 * Upper and lower case differ, since some tasks are about them.
 */
final class FirstLine {
  private FirstLine() {}

  static String of(String text) {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return Normalizer.normalize(line, Normalizer.Form.NFC)
        .strip()
        .replaceAll("\\s+", " ")
        .replaceAll("[\\s.]+$", "");
  }

  /** Whether a generated text gives the answer that is wanted. */
  static boolean matches(String generated, String target) {
    return of(generated).equals(of(target));
  }
}
