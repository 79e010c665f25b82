package org.trimtab.evaluate.answer;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The share of the gold answer's words that occur in a text: |gold words in the text| / |gold
 * words| over sets of lower-cased words (arXiv 2505.22572). A word is a run of letters and digits.
 */
public final class WordOverlap {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private WordOverlap() {}

  /** The overlap, 0 to 1; 0 for a gold answer without a word. */
  public static double of(String text, String gold) {
    Set<String> wanted = words(gold);
    if (wanted.isEmpty()) {
      return 0;
    }
    int all = wanted.size();
    wanted.retainAll(words(text));
    return wanted.size() / (double) all;
  }

  private static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
