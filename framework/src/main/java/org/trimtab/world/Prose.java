package org.trimtab.world;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A grammar of plain narrative that states no fact.
 *
 * @param once the names of words that stay the same through a paragraph
 * @param sentences sentences; a name in braces stands for one of its words
 * @param words the words of each name, which may themselves contain names in braces
 */
public record Prose(
    @JsonProperty(value = "once", required = true) List<String> once,
    @JsonProperty(value = "sentences", required = true) List<String> sentences,
    @JsonProperty(value = "words", required = true) Map<String, List<String>> words) {
  static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

  private static final int FEWEST_SENTENCES = 6;
  static final int MOST_SENTENCES = 10;

  /** Copies the lists and sorts the names. */
  public Prose {
    once = List.copyOf(once);
    sentences = List.copyOf(sentences);
    words = new TreeMap<>(words);
  }

  /** A paragraph of 6 to 10 different sentences on one line, without a line end. */
  String paragraph(Draws draws) {
    Map<String, String> kept = new HashMap<>();
    StringBuilder paragraph = new StringBuilder();
    int count = FEWEST_SENTENCES + draws.below(MOST_SENTENCES - FEWEST_SENTENCES + 1);
    for (String sentence : draws.some(sentences, count)) {
      paragraph
          .append(paragraph.isEmpty() ? "" : " ")
          .append(capitalised(expand(sentence, draws, kept)));
    }
    return paragraph.toString();
  }

  private String expand(String template, Draws draws, Map<String, String> kept) {
    StringBuilder text = new StringBuilder();
    Matcher names = NAME.matcher(template);
    while (names.find()) {
      String name = names.group(1);
      String word = kept.get(name);
      if (word == null) {
        word = expand(draws.one(words.getOrDefault(name, List.of())), draws, kept);
        if (once.contains(name)) {
          kept.put(name, word);
        }
      }
      names.appendReplacement(text, word);
    }
    return names.appendTail(text).toString();
  }

  private static String capitalised(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
