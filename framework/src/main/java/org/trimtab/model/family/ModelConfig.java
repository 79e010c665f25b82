package org.trimtab.model.family;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The architecture of a decoder-only transformer, in one vocabulary for all families.
 *
 * @param vocabulary V, rows of the embedding
 * @param hidden D, width of the residual stream
 * @param layers number of blocks
 * @param contextLength the number of positions that the model was trained for
 */
public record ModelConfig(
    Family family,
    int vocabulary,
    int hidden,
    int layers,
    int contextLength,
    Embedding embedding,
    Attention attention,
    Mlp mlp,
    Norms norms,
    Positions positions) {

  /** A, the width of o_proj's input. */
  public int attentionWidth() {
    return attention.heads() * attention.headSize();
  }

  /** d, entries of a head. */
  public int headSize() {
    return attention.headSize();
  }

  /** The same with an unembedding of its own. */
  public ModelConfig untied() {
    Embedding own = new Embedding(false, embedding.scale(), embedding.logitSoftcap());
    return new ModelConfig(
        family, vocabulary, hidden, layers, contextLength, own, attention, mlp, norms, positions);
  }

  /** The basic sizes: blocks, D, query heads, key-value heads and d. */
  record Sizes(int layers, int hidden, int heads, int keyValueHeads, int headSize) {}

  /**
   * Both ends of the model.
   *
   * @param tied the unembedding is the embedding
   * @param scale factor on the embedding's output
   * @param logitSoftcap cap c of c tanh(x / c) on logits; 0 for none
   */
  public record Embedding(boolean tied, double scale, double logitSoftcap) {
    Embedding withScale(double other) {
      return new Embedding(tied, other, logitSoftcap);
    }

    Embedding withLogitSoftcap(double other) {
      return new Embedding(tied, scale, other);
    }
  }

  /**
   * Self-attention with shared key-value heads.
   *
   * @param heads number of query heads
   * @param keyValueHeads Hkv, a divisor of {@code heads}
   * @param headSize d, entries of a head
   * @param headNorms RMS norm over each query and key head
   * @param scale factor on query-key products
   * @param softcap cap c of c tanh(x / c) on scores; 0 for none
   * @param inputBias biases on the q, k and v projections
   * @param outputBias bias on o_proj
   */
  public record Attention(
      int heads,
      int keyValueHeads,
      int headSize,
      boolean headNorms,
      double scale,
      double softcap,
      boolean inputBias,
      boolean outputBias) {
    /** Scaled by the head size, without caps and biases. */
    static Attention of(Sizes s, boolean headNorms) {
      double scale = 1 / Math.sqrt(s.headSize());
      return new Attention(
          s.heads(), s.keyValueHeads(), s.headSize(), headNorms, scale, 0, false, false);
    }

    Attention withScale(double other) {
      return new Attention(
          heads, keyValueHeads, headSize, headNorms, other, softcap, inputBias, outputBias);
    }

    Attention withSoftcap(double other) {
      return new Attention(
          heads, keyValueHeads, headSize, headNorms, scale, other, inputBias, outputBias);
    }

    Attention withBiases(boolean input, boolean output) {
      return new Attention(
          heads, keyValueHeads, headSize, headNorms, scale, softcap, input, output);
    }
  }

  /**
   * The gated MLP.
   *
   * @param width F, its inner width
   */
  public record Mlp(int width, Activation activation, boolean bias) {
    Mlp withBias(boolean other) {
      return new Mlp(width, activation, other);
    }
  }

  /** The MLP's activation. */
  public enum Activation {
    SILU,
    /** GELU, approximated by tanh. */
    GELU_TANH
  }

  /** RMS norms. */
  public record Norms(double epsilon, Place place) {
    /** Where a block's norms are. */
    public enum Place {
      /** Before attention and MLP. */
      BEFORE,
      /** Before and after both. */
      AROUND
    }
  }

  /**
   * Positions and attention windows.
   *
   * @param rope rotary embedding of layers without a window
   * @param slidingRope rotary embedding of layers with a sliding window
   * @param window positions that a token of a sliding layer attends to, including itself; null for
   *     none
   * @param sliding for each layer whether it has a window
   */
  public record Positions(
      Rope rope, Rope slidingRope, @Nullable Integer window, List<Boolean> sliding) {
    /** Copies the list. */
    public Positions {
      sliding = List.copyOf(sliding);
    }
  }
}
