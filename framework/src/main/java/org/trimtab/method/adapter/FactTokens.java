package org.trimtab.method.adapter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.model.Segment;

/**
 * The texts of a fact as one tree of tokens, with the log-probabilities that its margin needs.
 * Tokens that all texts begin with cancel, so they are not read.
 *
 * @param tree the texts, each without its last token, which predicts nothing
 * @param nodes tokens of the tree that predict something
 * @param rows for each log-probability, its index in {@code nodes}
 * @param tokens for each, the token
 * @param texts for each, its text, 0 being the true one
 * @param count the number of texts
 */
record FactTokens(
    Segment.Tree tree, int[] nodes, int[] rows, int[] tokens, int[] texts, int count) {
  /**
   * Lays the texts of a fact out.
   *
   * @param texts token ids, the true text first, each of two tokens or more
   */
  static FactTokens of(List<int[]> texts) {
    Segment.Tree tree = Segment.tree(read(texts));
    int shared = Segment.commonStart(texts);
    Map<Integer, Integer> nodes = new LinkedHashMap<>();
    List<Integer> rows = new ArrayList<>();
    List<Integer> tokens = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      int[] path = tree.path(text, texts.get(text).length - 1);
      for (int i = Math.max(1, shared); i < texts.get(text).length; i++) {
        rows.add(nodes.computeIfAbsent(path[i - 1], unused -> nodes.size()));
        tokens.add(texts.get(text)[i]);
        owners.add(text);
      }
    }
    return new FactTokens(
        tree, ints(nodes.keySet()), ints(rows), ints(tokens), ints(owners), texts.size());
  }

  /** What of some texts runs through the model: all but the last token of each. */
  static List<int[]> read(List<int[]> texts) {
    return texts.stream().map(text -> Arrays.copyOf(text, text.length - 1)).toList();
  }

  /** The margin from log-probabilities, of which those of this fact begin at an index. */
  double margin(float[] read, int from) {
    double[] sums = sums(read, from);
    return sums[0] - sums[likeliest(sums)];
  }

  /** The log-likelihood of each text, without what is common to all. */
  double[] sums(float[] read, int from) {
    double[] sums = new double[count];
    for (int j = 0; j < rows.length; j++) {
      sums[texts[j]] += read[from + j];
    }
    return sums;
  }

  /** The likeliest false text. */
  static int likeliest(double[] sums) {
    int best = 1;
    for (int text = 2; text < sums.length; text++) {
      best = sums[text] > sums[best] ? text : best;
    }
    return best;
  }

  private static int[] ints(Collection<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
