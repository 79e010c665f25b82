package org.trimtab.evaluate.grade;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Whether an answer contains the gold answer word for word, after normalisation of both.
 * Deterministic and free, but not SimpleQA's accuracy: a paraphrase fails, and an answer that names
 * everything passes.
 */
public final class Containment {
  private Containment() {}

  /** Whether the gold answer's words occur in the answer, in order and without gaps. */
  public static boolean contains(String answer, String gold) {
    String wanted = normalised(gold);
    return wanted.isEmpty()
        ? answer.contains(gold.strip())
        : (" " + normalised(answer) + " ").contains(" " + wanted + " ");
  }

  /**
   * Lower case without accents, articles and punctuation, one space between words; digits keep
   * their decimal point and lose their thousands separators.
   */
  public static String normalised(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("(?<=\\d),(?=\\d{3}(?!\\d))", "")
        .replaceAll("['\u2019]", "")
        .replaceAll("(?<!\\d)\\.|\\.(?!\\d)|[^\\p{L}\\p{N}.]+", " ")
        .replaceAll("\\b(a|an|the)\\b", " ")
        .strip()
        .replaceAll(" +", " ");
  }
}
