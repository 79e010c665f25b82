package org.trimtab.evaluate.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.KeyValueCache;
import org.trimtab.model.Segment;

/**
 * The tokens of one item's requests after the shared prefix, as a tree in which every common prefix
 * occurs once. It holds only tokens that predict something: a continuation's last token is not in
 * it.
 */
final class TokenTree {
  private final List<Integer> tokens = new ArrayList<>();
  private final List<Integer> parents = new ArrayList<>();
  private final List<Boolean> lastPrompt = new ArrayList<>();
  private final Map<Edge, Integer> children = new HashMap<>();
  private final Map<Target, Integer> targetIndex = new HashMap<>();
  private final List<Target> targets = new ArrayList<>();
  private final List<int[]> requestTargets = new ArrayList<>();
  private final ScoringItem item;

  private record Edge(int parent, int token, boolean lastPrompt) {}

  /** A log-probability to read: that of a token, at the node that predicts it. */
  record Target(int node, int token) {}

  /**
   * Builds the tree.
   *
   * @param prefix the number of tokens that all requests share and that are computed elsewhere;
   *     fewer than precede the first scored token of any
   */
  TokenTree(ScoringItem item, int prefix) {
    this.item = item;
    for (Request request : item.requests()) {
      add(request, prefix);
    }
  }

  private void add(Request request, int prefix) {
    int end = request.context().length - 1;
    int node = -1;
    int[] read = new int[request.scored()];
    for (int i = prefix; i < request.length(); i++) {
      Edge edge = new Edge(node, request.token(i), i == end);
      node = children.computeIfAbsent(edge, this::addNode);
      if (i + 1 >= request.from()) {
        Target target = new Target(node, request.token(i + 1));
        read[i + 1 - request.from()] = targetIndex.computeIfAbsent(target, this::addTarget);
      }
    }
    requestTargets.add(read);
  }

  private int addNode(Edge edge) {
    tokens.add(edge.token());
    parents.add(edge.parent());
    lastPrompt.add(edge.lastPrompt());
    return tokens.size() - 1;
  }

  private int addTarget(Target target) {
    targets.add(target);
    return targets.size() - 1;
  }

  int item() {
    return item.item();
  }

  /** Each request alone, from its first token. */
  List<TokenTree> paths() {
    return item.requests().stream()
        .map(request -> new ScoringItem(item.item(), item.group(), List.of(request)))
        .map(alone -> new TokenTree(alone, 0))
        .toList();
  }

  /** The number of tokens that the model reads. */
  int size() {
    return tokens.size();
  }

  List<Target> targets() {
    return targets;
  }

  /** Sums of log-probabilities, one per request. */
  double[] sums(float[] logProbabilities, int offset) {
    return requestTargets.stream()
        .mapToDouble(
            read -> {
              double sum = 0;
              for (int target : read) {
                sum += logProbabilities[offset + target];
              }
              return sum;
            })
        .toArray();
  }

  /** The tree as a segment after a prefix. */
  Segment segment(@Nullable KeyValueCache prefix) {
    boolean[] last = new boolean[size()];
    for (int i = 0; i < last.length; i++) {
      last[i] = lastPrompt.get(i);
    }
    return new Segment(ints(tokens), ints(parents), last, prefix);
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
