package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.model.Pass.Padding;
import org.trimtab.model.Pass.Step;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.family.ModelConfig.Activation;
import org.trimtab.model.family.ModelConfig.Attention;
import org.trimtab.model.family.ModelConfig.Mlp;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.Intervention.OutputProjection;
import org.trimtab.model.intervene.Intervention.Unembedding;
import org.trimtab.model.intervene.Rows;
import org.trimtab.model.kernel.Kernel;
import org.trimtab.model.kernel.Packing;
import org.trimtab.model.kernel.Tensors;

/**
 * The frozen transformer with its intervention sites. Tokens of a pass are packed, without padding:
 * activations are [N, D]. Legend: N packed tokens, D hidden size, A = heads x head size, V
 * vocabulary. Not thread-safe.
 */
public final class Decoder implements AutoCloseable {
  private final NDManager manager;
  private final ModelConfig config;
  private final ModelWeights weights;
  private final DataType type;
  private final Kernel embedding;
  private final Kernel norm;
  private final Kernel projection;
  private final Kernel attention;
  private final Kernel mlp;
  private final Head head;
  private final NDArray absent;
  private long tokensRead;
  private final @Nullable Packing packing;
  private @Nullable Head embeddingHead;
  private @Nullable Decoder forGradients;

  /**
   * Loads the kernels.
   *
   * @param packing packs the weights of the linear maps; null if they are plain
   */
  Decoder(
      NDManager manager,
      ModelConfig config,
      ModelWeights weights,
      DataType type,
      @Nullable Packing packing) {
    boolean packed = packing != null;
    this.packing = packing;
    this.manager = manager;
    this.config = config;
    this.weights = weights;
    this.type = type;
    Attention heads = config.attention();
    Mlp inner = config.mlp();
    double eps = config.norms().epsilon();
    embedding =
        new Kernel(manager, "Embedding", Map.of("scale", config.embedding().scale()), packed);
    norm = new Kernel(manager, "RmsNorm", Map.of("eps", eps), packed);
    projection =
        new Kernel(
            manager,
            "Projection",
            Map.of(
                "heads", heads.heads(),
                "kv_heads", heads.keyValueHeads(),
                "head_dim", heads.headSize(),
                "rotary_dim", 2 * config.positions().rope().frequencies().length,
                "bias", heads.inputBias(),
                "qk_norm", heads.headNorms(),
                "eps", eps),
            packed);
    attention =
        new Kernel(
            manager,
            "Attention",
            Map.of(
                "heads", heads.heads(),
                "kv_heads", heads.keyValueHeads(),
                "head_dim", heads.headSize(),
                "scale", heads.scale(),
                "softcap", heads.softcap()),
            packed);
    mlp =
        new Kernel(
            manager,
            "Mlp",
            Map.of(
                "width",
                inner.width(),
                "gelu",
                inner.activation() == Activation.GELU_TANH,
                "bias",
                inner.bias(),
                "packed",
                packed),
            packed);
    head =
        new Head(
            manager,
            config.embedding().logitSoftcap(),
            packed,
            weights.unembedding(),
            () -> forGradients().weights.unembedding());
    absent = manager.zeros(new Shape(0), type);
  }

  /** The architecture. */
  public ModelConfig config() {
    return config;
  }

  /** The number of parameters; what is tied counts once. */
  public long parameters() {
    long own = config.embedding().tied() ? 0 : weights.unembedding().size();
    long count = weights.embedding().size() + weights.finalNorm().size() + own;
    for (BlockWeights block : weights.blocks()) {
      count += block.named().values().stream().mapToLong(NDArray::size).sum();
    }
    return count;
  }

  /**
   * The weights of {@link #forGradients}, stacked as the blocks use them; training changes them in
   * place, visible only to that decoder.
   */
  public ModelWeights weights() {
    return forGradients().weights;
  }

  /**
   * The same model for passes with gradients, which do not flow through packed weights. It is owned
   * by this one, shares weights that need not be packed, and reads the same caches.
   */
  public Decoder forGradients() {
    if (packing == null) {
      return this;
    }
    if (forGradients == null) {
      ModelWeights plain = weights.unpacked(packing, config.embedding().tied());
      forGradients = new Decoder(manager, config, plain, type, null);
    }
    return forGradients;
  }

  /**
   * Refuses a sequence that the model cannot read.
   *
   * @param tokens its length
   * @throws UserException when it is beyond the context, or its attention beyond the memory
   */
  public void requireReadable(int tokens) {
    ContextLimit.of(config, manager.getDevice()).check(tokens);
  }

  /** A manager of the model's device; callers create sub-managers of it. */
  public NDManager manager() {
    return manager;
  }

  /** An empty cache with room for some tokens; the caller closes it. */
  public KeyValueCache cache(int capacity) {
    return caches(1, capacity).get(0);
  }

  /** Empty caches for several sequences, each with room for some tokens; the caller closes them. */
  public KeyValueCaches caches(int count, int capacity) {
    return new KeyValueCaches(manager, config, type, count, capacity);
  }

  /**
   * Begins a pass that reads the segments' pasts.
   *
   * @param owner owns masks and positions until the pass is closed
   */
  public Pass pass(NDManager owner, List<Segment> segments, Intervention intervention) {
    return begin(owner, segments, Pass.Kind.READING, intervention);
  }

  /**
   * As {@link #pass}, but all segments attend in one batch, padded to the longest: for many short
   * ones this takes a fraction of the time, especially with gradients. Their pasts have the same
   * capacity.
   */
  public Pass paddedPass(NDManager owner, List<Segment> segments, Intervention intervention) {
    return begin(owner, segments, Pass.Kind.PADDED, intervention);
  }

  /** Begins a pass that also writes the new keys and values into the segments' pasts. */
  public Pass cachingPass(NDManager owner, List<Segment> segments, Intervention intervention) {
    return begin(owner, segments, Pass.Kind.WRITING, intervention);
  }

  private Pass begin(
      NDManager owner, List<Segment> segments, Pass.Kind kind, Intervention intervention) {
    Pass pass = new Pass(owner, config, type, segments, kind, intervention);
    tokensRead += pass.tokens();
    return pass;
  }

  /**
   * The number of tokens of all passes so far; one that begins above the embedding or ends below
   * the last block counts whole.
   */
  public long tokensRead() {
    return tokensRead;
  }

  /** Observes the residual stream. */
  public interface Observer {
    /** Receives the output of a block, [N, D], valid during the call. */
    void block(int layer, NDArray hidden);
  }

  /** The embedding output of a pass's tokens, [N, D], owned by {@code owner}. */
  public NDArray embed(NDManager owner, Pass pass) {
    return embedding.apply(pass.ids(owner), weights.embedding());
  }

  /**
   * Runs blocks {@code from} to {@code to} - 1.
   *
   * @param owner owns the result
   * @param hidden input of block {@code from}, [N, D]; stays as it is
   * @return output of block {@code to} - 1, [N, D]
   */
  public NDArray blocks(
      NDManager owner, Pass pass, NDArray hidden, int from, int to, @Nullable Observer observer) {
    return moved(owner, pass, hidden.duplicate(), from, to, observer);
  }

  /**
   * Runs blocks {@code from} to {@code to} - 1, the first one from its heads' outputs on. Gradients
   * flow to the intervention, as in {@link #blocks}.
   *
   * @param owner owns the result
   * @param hidden input of block {@code from}, [N, D]; stays as it is
   * @param heads what {@link #heads} gives for it, [N, A]; stays as it is
   * @return output of block {@code to} - 1, [N, D]
   */
  public NDArray blocksFromHeads(
      NDManager owner, Pass pass, NDArray hidden, NDArray heads, int from, int to) {
    return moved(owner, pass, afterHeads(pass, from, hidden, heads), from + 1, to, null);
  }

  /** As {@link #blocks}, but takes ownership of {@code current}. */
  private NDArray moved(
      NDManager owner, Pass pass, NDArray current, int from, int to, @Nullable Observer observer) {
    for (int layer = from; layer < to; layer++) {
      try (NDManager scratch = owner.newSubManager()) {
        current.attach(scratch);
        NDArray output = block(pass, layer, current);
        if (observer != null) {
          observer.block(layer, output);
        }
        output.attach(owner);
        current = output;
      }
    }
    current.attach(owner);
    if (pass.writesCaches() && to == config.layers()) {
      for (Segment segment : pass.segments()) {
        if (segment.past() != null) {
          segment.past().advance(segment.length());
        }
      }
    }
    return current;
  }

  private NDArray block(Pass pass, int layer, NDArray hidden) {
    return afterHeads(pass, layer, hidden, heads(pass, layer, hidden));
  }

  /**
   * The first part of a block: its heads' outputs, [N, A], before any site. In the lowest block
   * that an intervention touches, they are unchanged.
   *
   * @param hidden input of the block, [N, D], whose manager owns the result
   */
  public NDArray heads(Pass pass, int layer, NDArray hidden) {
    return attend(pass, layer, norm.apply(hidden, weights.blocks().get(layer).inputNorm()));
  }

  /** The rest of a block, with the intervention at its sites. */
  private NDArray afterHeads(Pass pass, int layer, NDArray hidden, NDArray heads) {
    BlockWeights w = weights.blocks().get(layer);
    Rows rows = pass.rows();
    Intervention intervention = pass.intervention();
    NDArray attended = intervention.oProj(layer, heads, outputProjection(w), rows);
    if (w.outputBias() != null) {
      attended = attended.add(w.outputBias());
    }
    if (w.afterAttentionNorm() != null) {
      attended = norm.apply(attended, w.afterAttentionNorm());
    }
    NDArray middle = hidden.add(attended);
    NDArray inner =
        mlp.apply(
            norm.apply(middle, w.mlpNorm()),
            w.gateUp(),
            w.down(),
            orAbsent(w.gateUpBias()),
            orAbsent(w.downBias()));
    if (w.afterMlpNorm() != null) {
      inner = norm.apply(inner, w.afterMlpNorm());
    }
    return intervention.blockOutput(layer, middle.add(inner), rows);
  }

  private OutputProjection outputProjection(BlockWeights w) {
    NDArray packed = w.packedOutput();
    return packing == null || packed == null
        ? OutputProjection.of(w.output())
        : new OutputProjection(w.output(), x -> packing.product(x, packed));
  }

  private NDArray attend(Pass pass, int layer, NDArray normed) {
    BlockWeights w = weights.blocks().get(layer);
    boolean sliding = config.positions().sliding().get(layer);
    NDArray[] rope = pass.rope(sliding);
    NDList qkv =
        projection
            .call()
            .with(normed)
            .with(w.qkv())
            .with(orAbsent(w.qkvBias()))
            .with(orAbsent(w.queryNorm()))
            .with(orAbsent(w.keyNorm()))
            .with(rope[0])
            .with(rope[1])
            .run();
    Kernel.Call call = attention.call().with(qkv.get(0)).with(qkv.get(1)).with(qkv.get(2));
    Step step = pass.step();
    if (step != null) {
      return call.with(step.caches().keys().get(layer))
          .with(step.caches().values().get(layer))
          .with(pass.masks(sliding).get(0))
          .with(step.rows())
          .with(step.positions())
          .run("step")
          .singletonOrThrow();
    }
    call.withList("keys", pass.pastKeys(layer))
        .withList("values", pass.pastValues(layer))
        .withList("masks", pass.masks(sliding));
    Padding padding = pass.padding();
    NDList attended =
        padding == null
            ? call.run(pass.writesCaches() ? "cached" : "forward")
            : call.with(padding.rows()).with(padding.slots()).run("padded");
    return attended.singletonOrThrow();
  }

  /** The final hidden state, after the last norm and the intervention, [N, D]. */
  public NDArray finish(Pass pass, NDArray hidden) {
    return pass.intervention().finalHidden(finalNorm(hidden), pass.rows());
  }

  /** A whole pass: the final hidden state of all its tokens, [N, D]. */
  public NDArray run(NDManager owner, Pass pass) {
    NDArray embedded = embed(owner, pass);
    return finish(pass, blocks(owner, pass, embedded, 0, config.layers(), null));
  }

  /** The final norm alone: [N, D] to [N, D]. */
  public NDArray finalNorm(NDArray hidden) {
    return norm.apply(hidden, weights.finalNorm());
  }

  /** The model's own unembedding. */
  public Head head() {
    return head;
  }

  /**
   * The embedding as an unembedding, without a softcap. It is the model's own where the two are
   * tied and logits are not capped.
   */
  public Head embeddingHead() {
    if (embeddingHead == null) {
      embeddingHead = new Head(manager, 0, false, weights.embedding(), weights::embedding);
    }
    return embeddingHead;
  }

  /** Logits in fp32 of final hidden states: [n, D] to [n, V]. */
  public NDArray logits(NDArray finalHidden) {
    return head.logits(finalHidden);
  }

  /** The same under an intervention, which may have an unembedding of its own. */
  public NDArray logits(Intervention intervention, NDArray finalHidden) {
    return intervention.changesLogits()
        ? intervention.logits(finalHidden, new Unembedding(head::logits))
        : logits(finalHidden);
  }

  /**
   * What directions add to logits, without the norm's division and without a soft cap: W_U (g * d)
   * of the residual stream, with the final norm's weight g, or W_U d after the final norm. All
   * families have RMS norms, which remove no mean.
   *
   * @param directions [n, D]
   * @param normed whether they are differences of final hidden states, after the norm
   * @return [n, V] in fp32
   */
  public NDArray vocabularyScores(NDArray directions, boolean normed) {
    NDArray typed = directions.toType(type, false);
    NDArray scaled = normed ? typed : typed.mul(weights.finalNorm());
    NDArray scores =
        packing == null
            ? Tensors.linear(scaled, weights.unembedding())
            : packing.product(scaled, weights.unembedding());
    return scores.toType(DataType.FLOAT32, false);
  }

  /**
   * Log-probabilities in fp32 of chosen tokens.
   *
   * @param finalHidden [n, D]
   * @param rows for each value, the row of {@code finalHidden} that predicts it, [m]
   * @param tokens for each value, the token, [m]
   * @return [m]
   */
  public NDArray logProbabilities(NDArray finalHidden, NDArray rows, NDArray tokens) {
    return head.logProbabilities(finalHidden, rows, tokens);
  }

  /**
   * The same under an intervention, with logits only of the rows that predict something, once for
   * each.
   *
   * @param owner owns the rows
   * @param hidden final hidden states, [N, D]
   * @param predictors for each value, the row of {@code hidden} that predicts it
   * @param tokens for each value, the token
   */
  public NDArray logProbabilities(
      NDManager owner,
      Intervention intervention,
      NDArray hidden,
      long[] predictors,
      long[] tokens) {
    long[] distinct = Arrays.stream(predictors).distinct().sorted().toArray();
    long[] rows =
        Arrays.stream(predictors).map(row -> Arrays.binarySearch(distinct, row)).toArray();
    NDArray read = hidden.get(new NDIndex("{}", owner.create(distinct)));
    read.attach(owner);
    if (!intervention.changesLogits()) {
      return logProbabilities(read, owner.create(rows), owner.create(tokens));
    }
    return head.read(logits(intervention, read), owner.create(rows), owner.create(tokens));
  }

  /** The model's o_proj weight of a layer, [D, A]; must not be changed. */
  public NDArray oProjWeight(int layer) {
    return weights.blocks().get(layer).output();
  }

  private NDArray orAbsent(@Nullable NDArray array) {
    return array == null ? absent : array;
  }

  @Override
  public void close() {
    List.of(embedding, norm, projection, attention, mlp).forEach(Kernel::close);
    head.close();
    if (embeddingHead != null) {
      embeddingHead.close();
    }
    if (forGradients != null) {
      forGradients.close();
    }
    if (packing != null) {
      packing.close();
    }
  }
}
