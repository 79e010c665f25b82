package org.trimtab.evaluate.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests in the order in which they are computed: a prefix shared by all items (the primer), and
 * batches of token trees. A pure function of the items and the batch size in tokens: batches do not
 * depend on the intervention and never mix groups.
 */
public final class ScoringPlan {
  private final int[] primer;
  private final List<List<TokenTree>> batches;

  private ScoringPlan(int[] primer, List<List<TokenTree>> batches) {
    this.primer = primer;
    this.batches = List.copyOf(batches);
  }

  /**
   * Plans the computation.
   *
   * @param items the items to score
   * @param batchTokens the largest number of tokens per batch; a larger item gets its own batch
   */
  public static ScoringPlan of(List<ScoringItem> items, int batchTokens) {
    List<Request> requests = items.stream().flatMap(item -> item.requests().stream()).toList();
    int[] primer = primer(requests);
    Map<Integer, List<TokenTree>> open = new LinkedHashMap<>();
    List<List<TokenTree>> batches = new ArrayList<>();
    for (ScoringItem item : items) {
      TokenTree tree = new TokenTree(item, primer.length);
      List<TokenTree> batch = open.get(item.group());
      int size = batch == null ? 0 : batch.stream().mapToInt(TokenTree::size).sum();
      if (batch == null || size + tree.size() > batchTokens) {
        batch = new ArrayList<>();
        open.put(item.group(), batch);
        batches.add(batch);
      }
      batch.add(tree);
    }
    return new ScoringPlan(primer, batches);
  }

  /** The longest common prefix of all contexts, without any token that predicts a scored one. */
  private static int[] primer(List<Request> requests) {
    if (requests.isEmpty()) {
      return new int[0];
    }
    int[] first = requests.get(0).context();
    int length = requests.get(0).from() - 1;
    for (Request request : requests) {
      int[] context = request.context();
      length = Math.min(length, request.from() - 1);
      int common = Arrays.mismatch(first, 0, length, context, 0, length);
      length = common < 0 ? length : common;
    }
    return Arrays.copyOf(first, length);
  }

  /** The shared prefix's token ids; empty when nothing is shared. */
  public int[] primer() {
    return primer.clone();
  }

  /** Item ids of each batch. */
  public List<List<Integer>> batches() {
    return batches.stream().map(batch -> batch.stream().map(TokenTree::item).toList()).toList();
  }

  /** The number of tokens that a batch runs through the model. */
  public long tokens(int batch) {
    return batches.get(batch).stream().mapToLong(TokenTree::size).sum();
  }

  /** The number of tokens of the whole plan, including the primer. */
  public long tokens() {
    long sum = primer.length;
    for (int batch = 0; batch < batches.size(); batch++) {
      sum += tokens(batch);
    }
    return sum;
  }

  List<TokenTree> trees(int batch) {
    return batches.get(batch);
  }
}
