package org.trimtab.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are computed together and see each other: one sequence, or a tree of sequences with a
 * common start. A token sees the whole past, its ancestors and itself.
 *
 * @param tokens token ids, parents before children
 * @param parents index of each token's predecessor within the segment; -1 for one that follows the
 *     past
 * @param lastPrompt whether a token is the last one of its prompt
 * @param past keys and values of the tokens before; null for none
 */
public record Segment(
    int[] tokens, int[] parents, boolean[] lastPrompt, @Nullable KeyValueCache past) {
  /** One sequence without a past, of which no token ends a prompt. */
  public static Segment of(int... tokens) {
    return sequence(tokens, -1, null);
  }

  /**
   * One sequence.
   *
   * @param promptEnd index of the last prompt token among {@code tokens}; -1 for none
   */
  public static Segment sequence(int[] tokens, int promptEnd, @Nullable KeyValueCache past) {
    int[] parents = new int[tokens.length];
    Arrays.setAll(parents, i -> i - 1);
    boolean[] last = new boolean[tokens.length];
    if (promptEnd >= 0) {
      last[promptEnd] = true;
    }
    return new Segment(tokens, parents, last, past);
  }

  /**
   * Several sequences in one segment.
   *
   * @param segment the tokens, every common start once
   * @param ends index of each sequence's last token
   */
  public record Tree(Segment segment, int[] ends) {
    /**
     * The nodes of a sequence, in order.
     *
     * @param sequence its index
     * @param length the number of its tokens
     */
    public int[] path(int sequence, int length) {
      int[] path = new int[length];
      int node = ends[sequence];
      for (int i = length - 1; i >= 0; i--) {
        path[i] = node;
        node = segment.parents[node];
      }
      return path;
    }
  }

  /** The number of tokens that all sequences begin with. */
  public static int commonStart(List<int[]> sequences) {
    int common = sequences.get(0).length;
    for (int[] sequence : sequences) {
      int mismatch = Arrays.mismatch(sequences.get(0), 0, common, sequence, 0, sequence.length);
      common = mismatch < 0 ? common : mismatch;
    }
    return common;
  }

  /**
   * Sequences that share their longest common start, in one tree without a past.
   *
   * @param sequences token ids; none is empty
   */
  public static Tree tree(List<int[]> sequences) {
    int shared = commonStart(sequences);
    int size = shared + sequences.stream().mapToInt(sequence -> sequence.length - shared).sum();
    int[] tokens = Arrays.copyOf(sequences.get(0), size);
    int[] parents = new int[size];
    Arrays.setAll(parents, i -> i - 1);
    int[] ends = new int[sequences.size()];
    int at = shared;
    for (int i = 0; i < ends.length; i++) {
      int[] sequence = sequences.get(i);
      int rest = sequence.length - shared;
      System.arraycopy(sequence, shared, tokens, at, rest);
      if (rest > 0) {
        parents[at] = shared - 1;
      }
      at += rest;
      ends[i] = rest > 0 ? at - 1 : shared - 1;
    }
    return new Tree(new Segment(tokens, parents, new boolean[size], null), ends);
  }

  /** The number of tokens. */
  public int length() {
    return tokens.length;
  }

  /** The number of tokens before this segment. */
  public int pastLength() {
    return past == null ? 0 : past.length();
  }

  /** 0-based positions of the tokens in their sequences. */
  public int[] positions() {
    int[] positions = new int[tokens.length];
    Arrays.setAll(positions, i -> parents[i] < 0 ? pastLength() : positions[parents[i]] + 1);
    return positions;
  }

  /**
   * What each token may attend to: 0 where visible and minus infinity elsewhere, [n, past + n] in
   * row-major order.
   *
   * @param window positions that a token sees, itself included; {@link Integer#MAX_VALUE} for all
   */
  float[] mask(int window) {
    int before = pastLength();
    int width = before + tokens.length;
    int[] positions = positions();
    float[] mask = new float[tokens.length * width];
    Arrays.fill(mask, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < tokens.length; i++) {
      int oldest = window == Integer.MAX_VALUE ? 0 : Math.max(0, positions[i] - window + 1);
      if (oldest < before) {
        Arrays.fill(mask, i * width + oldest, i * width + before, 0);
      }
      for (int seen = i; seen >= 0 && positions[seen] >= oldest; seen = parents[seen]) {
        mask[i * width + before + seen] = 0;
      }
    }
    return mask;
  }
}
