package org.trimtab.world.train;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Learns byte-level byte-pair encoding (Sennrich, Haddow and Birch, "Neural Machine Translation of
 * Rare Words with Subword Units", ACL 2016; bytes and pre-tokenizer as in GPT-2): repeatedly, the
 * most frequent pair of neighbours within words becomes a token.
 *
 * @param tokens the vocabulary in byte-level spelling: the 256 bytes, then one token per merge
 * @param merges the pairs in the order in which they were learned
 */
record BytePairs(List<String> tokens, List<Pair> merges) {
  /** GPT-2's pattern of words, numbers, punctuation and white space. */
  private static final Pattern WORDS =
      Pattern.compile(
          "'(?:s|t|re|ve|m|ll|d)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

  /** Two neighbouring tokens. */
  record Pair(String left, String right) {
    String merged() {
      return left + right;
    }
  }

  BytePairs {
    tokens = List.copyOf(tokens);
    merges = List.copyOf(merges);
  }

  /**
   * Learns from texts. Of equally frequent pairs the first in alphabetical order is merged, so the
   * result is deterministic.
   *
   * @param size tokens of the vocabulary, at least 256; there are fewer if no pair occurs twice any
   *     more
   */
  static BytePairs learn(Collection<String> texts, int size) {
    List<List<String>> words = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    words(texts)
        .forEach(
            (word, count) -> {
              words.add(spelled(word));
              counts.add(count);
            });
    List<String> tokens =
        new ArrayList<>(IntStream.range(0, 256).mapToObj(BytePairs::spelling).toList());
    List<Pair> merges = new ArrayList<>();
    while (tokens.size() < size) {
      Map<Pair, Integer> pairs = pairs(words, counts);
      Pair best =
          pairs.entrySet().stream()
              .filter(entry -> entry.getValue() > 1)
              .max(
                  Map.Entry.<Pair, Integer>comparingByValue()
                      .thenComparing(
                          Map.Entry.comparingByKey(
                              Comparator.comparing(Pair::left)
                                  .thenComparing(Pair::right)
                                  .reversed())))
              .map(Map.Entry::getKey)
              .orElse(null);
      if (best == null) {
        break;
      }
      words.replaceAll(word -> merged(word, best));
      merges.add(best);
      tokens.add(best.merged());
    }
    return new BytePairs(tokens, merges);
  }

  private static Map<String, Integer> words(Collection<String> texts) {
    Map<String, Integer> words = new HashMap<>();
    for (String text : texts) {
      Matcher matcher = WORDS.matcher(text);
      while (matcher.find()) {
        words.merge(matcher.group(), 1, Integer::sum);
      }
    }
    return words;
  }

  private static List<String> spelled(String word) {
    List<String> tokens = new ArrayList<>();
    for (byte value : word.getBytes(StandardCharsets.UTF_8)) {
      tokens.add(spelling(value & 0xff));
    }
    return tokens;
  }

  /**
   * The spelling of a byte in byte-level vocabularies: itself if printable, otherwise from U+0100
   * on.
   */
  private static String spelling(int value) {
    int others = 0;
    for (int i = 0; i < value; i++) {
      others += printable(i) ? 0 : 1;
    }
    return Character.toString(printable(value) ? value : 256 + others);
  }

  private static boolean printable(int value) {
    return (value >= '!' && value <= '~') || (value >= 0xA1 && value != 0xAD);
  }

  private static Map<Pair, Integer> pairs(List<List<String>> words, List<Integer> counts) {
    Map<Pair, Integer> pairs = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      List<String> word = words.get(i);
      for (int at = 1; at < word.size(); at++) {
        pairs.merge(new Pair(word.get(at - 1), word.get(at)), counts.get(i), Integer::sum);
      }
    }
    return pairs;
  }

  private static List<String> merged(List<String> word, Pair pair) {
    List<String> result = new ArrayList<>();
    for (int at = 0; at < word.size(); at++) {
      boolean match =
          at + 1 < word.size()
              && word.get(at).equals(pair.left())
              && word.get(at + 1).equals(pair.right());
      result.add(match ? pair.merged() : word.get(at));
      at += match ? 1 : 0;
    }
    return result;
  }
}
