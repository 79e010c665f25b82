package org.trimtab.evaluate.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.Decoder;
import org.trimtab.model.KeyValueCache;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;

/**
 * Sums of log-probabilities of continuations under an intervention. The primer is computed once per
 * intervention, every common prefix of an item's requests once, and logits only where they are
 * read. An intervention that begins at a late layer starts from the kept residual stream. A batch
 * gives the same bits whatever was computed before. Not thread-safe.
 */
public final class Scorer implements AutoCloseable {
  private static final long LOGIT_BYTES = 64L << 20;

  private final Decoder decoder;
  private final ScoringPlan plan;
  private final NDManager manager;
  private final int layers;
  private final ResidualCache residuals;
  private final ResidualCache primerResiduals;
  private final Prefix unmodified;
  private @Nullable Prefix modified;

  /**
   * Makes a scorer for one plan.
   *
   * @param starts lowest layers of the interventions to come, worth keeping residuals for
   * @param residualBytes the memory limit for kept residuals, without those of the primer
   */
  public Scorer(
      Decoder decoder, ScoringPlan plan, NavigableSet<Integer> starts, long residualBytes) {
    this.decoder = decoder;
    this.plan = plan;
    manager = decoder.manager().newSubManager();
    layers = decoder.config().layers();
    NavigableSet<Integer> inside = starts.headSet(layers, true);
    long width = 4L * decoder.config().hidden();
    residuals = new ResidualCache(manager, inside, width * plan.tokens(), residualBytes);
    primerResiduals = new ResidualCache(manager, inside, 0, 0);
    unmodified = new Prefix(Intervention.NONE, null);
  }

  /** The primer's keys and values under one intervention. */
  private final class Prefix implements AutoCloseable {
    final Intervention intervention;
    final @Nullable KeyValueCache cache;

    Prefix(Intervention intervention, @Nullable Prefix base) {
      this.intervention = intervention;
      int[] primer = plan.primer();
      if (primer.length == 0) {
        cache = null;
        return;
      }
      cache = decoder.cache(primer.length);
      int from = 0;
      if (base != null && base.cache != null) {
        from = primerResiduals.start(0, Math.min(layers, intervention.lowestLayer())).orElse(0);
        for (int layer = 0; layer < from; layer++) {
          cache.copyLayer(layer, base.cache);
        }
      }
      Segment segment = Segment.sequence(primer, -1, cache);
      try (NDManager scratch = manager.newSubManager();
          Pass pass = decoder.cachingPass(scratch, List.of(segment), intervention)) {
        NDArray hidden = from == 0 ? decoder.embed(scratch, pass) : primerResiduals.get(0, from);
        int lowest = Math.min(intervention.lowestLayer(), layers);
        decoder.blocks(
            scratch,
            pass,
            hidden,
            from,
            layers,
            (layer, output) -> {
              if (layer < lowest) {
                primerResiduals.offer(0, layer + 1, output);
              }
            });
      }
    }

    @Override
    public void close() {
      if (cache != null) {
        cache.close();
      }
    }
  }

  /**
   * Scores one batch.
   *
   * @return for each item of the batch, the sums of its requests
   * @throws DivergedException when a log-probability is not finite
   */
  public List<double[]> score(int batch, Intervention intervention) {
    if (!intervention.positionWise()) {
      return scoreWhole(batch, intervention);
    }
    List<TokenTree> trees = plan.trees(batch);
    Prefix prefix = prefix(intervention);
    try (NDManager scratch = manager.newSubManager();
        Pass pass = decoder.pass(scratch, segments(trees, prefix), intervention)) {
      NDArray output = run(scratch, pass, batch, intervention);
      float[] read = read(scratch, intervention, decoder.finish(pass, output), trees);
      if (!finite(read)) {
        throw diverged(batch, intervention);
      }
      return sums(trees, read);
    }
  }

  private Prefix prefix(Intervention intervention) {
    if (intervention.lowestLayer() >= layers) {
      return unmodified;
    }
    if (modified == null || modified.intervention != intervention) {
      if (modified != null) {
        modified.close();
      }
      modified = new Prefix(intervention, unmodified);
    }
    return modified;
  }

  private static List<Segment> segments(List<TokenTree> trees, Prefix prefix) {
    return trees.stream().map(tree -> tree.segment(prefix.cache)).toList();
  }

  private NDArray run(NDManager scratch, Pass pass, int batch, Intervention intervention) {
    int lowest = Math.min(intervention.lowestLayer(), layers);
    int from = residuals.start(batch, lowest).orElse(0);
    NDArray hidden = from == 0 ? decoder.embed(scratch, pass) : residuals.get(batch, from);
    return decoder.blocks(
        scratch,
        pass,
        hidden,
        from,
        layers,
        (layer, output) -> {
          if (layer < lowest) {
            residuals.offer(batch, layer + 1, output);
          }
        });
  }

  /** The log-probabilities of all targets of a batch, tree after tree. */
  private float[] read(
      NDManager scratch, Intervention intervention, NDArray hidden, List<TokenTree> trees) {
    int count = trees.stream().mapToInt(tree -> tree.targets().size()).sum();
    long[] nodes = new long[count];
    long[] tokens = new long[count];
    int at = 0;
    int offset = 0;
    for (TokenTree tree : trees) {
      for (TokenTree.Target target : tree.targets()) {
        nodes[at] = (long) offset + target.node();
        tokens[at++] = target.token();
      }
      offset += tree.size();
    }
    int most = (int) Math.max(16, LOGIT_BYTES / 4 / decoder.config().vocabulary());
    float[] values = new float[count];
    Integer[] order = order(nodes);
    for (int first = 0; first < count; ) {
      int end = chunkEnd(order, nodes, first, most);
      readChunk(
          scratch,
          intervention,
          hidden,
          nodes,
          tokens,
          Arrays.copyOfRange(order, first, end),
          values);
      first = end;
    }
    return values;
  }

  private static Integer[] order(long[] nodes) {
    Integer[] order = new Integer[nodes.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(nodes[a], nodes[b]));
    return order;
  }

  /** The end of the targets, in order, that at most {@code most} nodes predict. */
  private static int chunkEnd(Integer[] order, long[] nodes, int first, int most) {
    int distinct = 0;
    long previous = -1;
    int end = first;
    for (; end < order.length; end++) {
      long node = nodes[order[end]];
      if (node != previous && ++distinct > most) {
        break;
      }
      previous = node;
    }
    return end;
  }

  private void readChunk(
      NDManager scratch,
      Intervention intervention,
      NDArray hidden,
      long[] nodes,
      long[] tokens,
      Integer[] chunk,
      float[] values) {
    long[] predictors = Arrays.stream(chunk).mapToLong(i -> nodes[i]).toArray();
    long[] read = Arrays.stream(chunk).mapToLong(i -> tokens[i]).toArray();
    try (NDManager own = scratch.newSubManager()) {
      NDArray result = decoder.logProbabilities(own, intervention, hidden, predictors, read);
      float[] part = result.toFloatArray();
      for (int i = 0; i < chunk.length; i++) {
        values[chunk[i]] = part[i];
      }
    }
  }

  private static List<double[]> sums(List<TokenTree> trees, float[] read) {
    List<double[]> sums = new ArrayList<>();
    int offset = 0;
    for (TokenTree tree : trees) {
      sums.add(tree.sums(read, offset));
      offset += tree.targets().size();
    }
    return sums;
  }

  /** Every request from its first token, alone in its pass: nothing can be shared. */
  private List<double[]> scoreWhole(int batch, Intervention intervention) {
    List<double[]> sums = new ArrayList<>();
    for (TokenTree tree : plan.trees(batch)) {
      List<TokenTree> alone = tree.paths();
      double[] own = new double[alone.size()];
      for (int i = 0; i < own.length; i++) {
        TokenTree path = alone.get(i);
        try (NDManager scratch = manager.newSubManager();
            Pass pass = decoder.pass(scratch, List.of(path.segment(null)), intervention)) {
          float[] read = read(scratch, intervention, decoder.run(scratch, pass), List.of(path));
          if (!finite(read)) {
            throw new Divergence(decoder).locate(List.of(path), intervention);
          }
          own[i] = path.sums(read, 0)[0];
        }
      }
      sums.add(own);
    }
    return sums;
  }

  /**
   * The largest absolute change of any next-token logit that an intervention makes in the first
   * item.
   *
   * @throws DivergedException when it is not finite
   */
  public double effect(Intervention intervention) {
    if (plan.batches().isEmpty() || intervention.lowestLayer() == Integer.MAX_VALUE) {
      return 0;
    }
    TokenTree first = plan.trees(0).get(0);
    try (NDManager scratch = manager.newSubManager()) {
      NDArray before = logits(scratch, first, Intervention.NONE);
      NDArray after = logits(scratch, first, intervention);
      float change = after.sub(before).abs().max().getFloat();
      if (!Float.isFinite(change)) {
        throw diverged(0, intervention);
      }
      return change;
    }
  }

  /** Next-token logits after the first request, [1, V]. */
  private NDArray logits(NDManager scratch, TokenTree tree, Intervention intervention) {
    Segment segment = tree.paths().get(0).segment(null);
    int last = segment.length() - 1;
    try (Pass pass = decoder.pass(scratch, List.of(segment), intervention)) {
      NDArray hidden = decoder.run(scratch, pass);
      return decoder.logits(intervention, hidden.get(new NDIndex("{}:{}", last, last + 1)));
    }
  }

  private DivergedException diverged(int batch, Intervention intervention) {
    List<TokenTree> paths =
        plan.trees(batch).stream().flatMap(tree -> tree.paths().stream()).toList();
    return new Divergence(decoder).locate(paths, intervention);
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    if (modified != null) {
      modified.close();
    }
    unmodified.close();
    residuals.close();
    primerResiduals.close();
    manager.close();
  }
}
