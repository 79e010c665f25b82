package org.trimtab.method.delta;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.model.Decoder;
import org.trimtab.model.KeyValueCache;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;

/**
 * The mean loss of a frozen model's examples as a function of an intervention's vector. A vector
 * that acts at the last prompt position of block l changes nothing before that position, nor below
 * o_proj of that block. So the prompts' earlier keys and values are computed once, as are the
 * residual stream at the input of block l and the outputs of its heads; every evaluation runs only
 * the last prompt token and the targets from o_proj of block l up, all examples packed, with logits
 * where a target is read. Gradients are those of activations only. Sums are fp64. Not thread-safe.
 */
public final class TaskLoss implements Loss, AutoCloseable {
  /** Rows whose logits are computed at once; 2,048 rows of a vocabulary of 50,000 are 400 MB. */
  private static final int MOST_ROWS = 2048;

  /** For computations done once. */
  private final Decoder decoder;

  /** For the computations of every evaluation. */
  private final Decoder gradients;

  private final NDManager manager;
  private final TaskObjective objective;
  private final int from;
  private final Function<NDArray, Intervention> intervention;
  private final List<Prepared> all = new ArrayList<>();

  /**
   * An example with the activations that no vector changes.
   *
   * @param past keys and values before the layout's tokens, with the same capacity in all; null for
   *     none
   * @param hidden input of block {@code from}, [m, D]
   * @param heads outputs of its heads, [m, A]
   */
  private record Prepared(
      Example example,
      Example.Layout layout,
      @Nullable KeyValueCache past,
      NDArray hidden,
      NDArray heads) {}

  private TaskLoss(
      Decoder decoder,
      TaskObjective objective,
      int from,
      Function<NDArray, Intervention> intervention) {
    this.decoder = decoder;
    this.gradients = decoder.forGradients();
    this.objective = objective;
    this.from = from;
    this.intervention = intervention;
    manager = decoder.manager().newSubManager();
  }

  /**
   * The loss with a vector that acts only at the last prompt position.
   *
   * @param layer the lowest block that it changes
   * @param intervention makes the intervention of a vector, [n] in fp32; gradients flow through it
   */
  public static TaskLoss atPromptEnd(
      Decoder decoder,
      List<Example> examples,
      TaskObjective objective,
      int layer,
      Function<NDArray, Intervention> intervention) {
    TaskLoss loss = new TaskLoss(decoder, objective, layer, intervention);
    loss.prepare(examples, true);
    return loss;
  }

  /** The loss with a vector that acts at any position, from block 0 up: nothing is cached. */
  public static TaskLoss everywhere(
      Decoder decoder,
      List<Example> examples,
      TaskObjective objective,
      Function<NDArray, Intervention> intervention) {
    TaskLoss loss = new TaskLoss(decoder, objective, 0, intervention);
    loss.prepare(examples, false);
    return loss;
  }

  private void prepare(List<Example> examples, boolean keepPrompts) {
    int room =
        keepPrompts
            ? examples.stream().mapToInt(each -> each.prompt().length - 1).max().orElse(0)
            : 0;
    for (List<Example> pack : packs(examples, each -> each.layout(0).tokens().length)) {
      List<Integer> skips =
          pack.stream().map(each -> keepPrompts ? each.prompt().length - 1 : 0).toList();
      List<@Nullable KeyValueCache> pasts = pasts(pack, skips, room);
      List<Example.Layout> layouts = new ArrayList<>();
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < pack.size(); i++) {
        layouts.add(pack.get(i).layout(skips.get(i)));
        segments.add(layouts.get(i).segment(pasts.get(i)));
      }
      try (NDManager scratch = manager.newSubManager();
          Pass pass = decoder.paddedPass(scratch, segments, Intervention.NONE)) {
        NDArray hidden = decoder.blocks(scratch, pass, decoder.embed(scratch, pass), 0, from, null);
        NDArray heads = decoder.heads(pass, from, hidden);
        long at = 0;
        for (int i = 0; i < pack.size(); i++) {
          long end = at + layouts.get(i).tokens().length;
          all.add(
              new Prepared(
                  pack.get(i),
                  layouts.get(i),
                  pasts.get(i),
                  kept(hidden, at, end),
                  kept(heads, at, end)));
          at = end;
        }
      }
    }
  }

  private NDArray kept(NDArray rows, long from, long to) {
    NDArray own = rows.get(new NDIndex("{}:{}", from, to)).duplicate();
    own.attach(manager);
    return own;
  }

  /**
   * Keys and values of the first tokens of prompts, in all blocks.
   *
   * @param room tokens of each, the same for all, so that they can be stacked; for 0 there are none
   */
  private List<@Nullable KeyValueCache> pasts(List<Example> pack, List<Integer> lengths, int room) {
    List<@Nullable KeyValueCache> pasts = new ArrayList<>();
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < pack.size(); i++) {
      int length = lengths.get(i);
      @Nullable KeyValueCache cache = room == 0 ? null : decoder.cache(room);
      pasts.add(cache);
      if (length > 0) {
        int[] tokens = Arrays.copyOf(pack.get(i).prompt(), length);
        segments.add(Segment.sequence(tokens, -1, cache));
      }
    }
    if (!segments.isEmpty()) {
      try (NDManager scratch = manager.newSubManager();
          Pass pass = decoder.cachingPass(scratch, segments, Intervention.NONE)) {
        NDArray embedded = decoder.embed(scratch, pass);
        decoder.blocks(scratch, pass, embedded, 0, decoder.config().layers(), null);
      }
    }
    return pasts;
  }

  /** Splits a list, in order, into packs of a bounded number of rows. */
  private static <T> List<List<T>> packs(List<T> list, ToIntFunction<T> rows) {
    List<List<T>> packs = new ArrayList<>();
    int filled = 0;
    for (T each : list) {
      int own = rows.applyAsInt(each);
      if (packs.isEmpty() || filled + own > MOST_ROWS) {
        packs.add(new ArrayList<>());
        filled = 0;
      }
      packs.get(packs.size() - 1).add(each);
      filled += own;
    }
    return packs;
  }

  /** The number of examples. */
  public int size() {
    return all.size();
  }

  @Override
  public double value(float[] at) {
    return evaluate(all, at, null);
  }

  @Override
  public Point point(float[] at) {
    return point(all, at);
  }

  private Point point(List<Prepared> examples, float[] at) {
    double[] gradient = new double[at.length];
    double value = evaluate(examples, at, gradient);
    float[] rounded = new float[gradient.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) gradient[i];
    }
    return new Point(value, rounded);
  }

  /**
   * The loss and its gradient before the first step.
   *
   * @param what the setting, for messages: {@code layers 7}
   * @throws UserException with the reason, when the loss is not finite or has no gradient
   */
  Point first(float[] at, String what) {
    return checked(point(at), what);
  }

  Point checked(Point first, String what) {
    if (!Double.isFinite(first.value())) {
      throw new UserException(
          ("%s: the loss is %s before the first step; the model does not score these examples (with"
                  + " precision: float16, try float32)")
              .formatted(what, first.value()));
    }
    for (float slope : first.gradient()) {
      if (slope != 0) {
        return first;
      }
    }
    throw new UserException(
        what + ": the gradient is zero at the first step: " + whyZero(first.value()));
  }

  private String whyZero(double loss) {
    if (loss == 0) {
      return "the loss is already 0, so these examples have nothing to teach; use others";
    }
    if (decoder.oProjWeight(from).abs().max().getFloat() == 0) {
      return "o_proj of this block is zero, so that nothing passes it; use another layer, or site:"
          + " block-output";
    }
    return "what is read does not depend on this block's output; use a lower layer (with"
        + " precision: float16 it may have underflowed: use float32)";
  }

  /** The mean loss of some of the examples. */
  public Loss of(List<Integer> indices) {
    List<Prepared> some = indices.stream().map(all::get).toList();
    return new Loss() {
      @Override
      public double value(float[] at) {
        return evaluate(some, at, null);
      }

      @Override
      public Point point(float[] at) {
        return TaskLoss.this.point(some, at);
      }
    };
  }

  private double evaluate(List<Prepared> examples, float[] at, double @Nullable [] gradient) {
    double sum = 0;
    for (List<Prepared> pack : packs(examples, each -> each.layout.tokens().length)) {
      sum += run(pack, at, gradient, examples.size());
    }
    return sum;
  }

  /** A pack's share of the mean loss; adds its share of the gradient. */
  private double run(List<Prepared> pack, float[] at, double @Nullable [] gradient, int count) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray vector = scratch.create(at);
      if (gradient == null) {
        try (Pass pass = pass(scratch, pack, vector)) {
          float[] read = logProbabilities(scratch, pass, pack).toFloatArray();
          return slopes(pack, read, count, new float[read.length]);
        }
      }
      vector.setRequiresGradient(true);
      double value;
      // The gradient reads the pass's indices again, so the pass must stay open.
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
          Pass pass = pass(scratch, pack, vector)) {
        NDArray read = logProbabilities(scratch, pass, pack);
        float[] values = read.toFloatArray();
        float[] slopes = new float[values.length];
        value = slopes(pack, values, count, slopes);
        // The loss depends on these log-probabilities alone: with its slopes as constants the
        // weighted sum has the loss's gradient.
        collector.backward(read.mul(scratch.create(slopes)).sum());
      }
      float[] own = vector.getGradient().toFloatArray();
      for (int i = 0; i < own.length; i++) {
        gradient[i] += own[i];
      }
      return value;
    }
  }

  private Pass pass(NDManager scratch, List<Prepared> pack, NDArray vector) {
    List<Segment> segments = pack.stream().map(each -> each.layout.segment(each.past)).toList();
    return gradients.paddedPass(scratch, segments, intervention.apply(vector));
  }

  /** The log-probabilities of all targets of a pack, example after example. */
  private NDArray logProbabilities(NDManager scratch, Pass pass, List<Prepared> pack) {
    NDList hidden = new NDList();
    NDList heads = new NDList();
    int count = pack.stream().mapToInt(each -> each.layout.targets().size()).sum();
    long[] predictors = new long[count];
    long[] tokens = new long[count];
    int at = 0;
    int offset = 0;
    for (Prepared each : pack) {
      hidden.add(each.hidden);
      heads.add(each.heads);
      for (Example.Target target : each.layout.targets()) {
        predictors[at] = (long) offset + target.row();
        tokens[at++] = target.token();
      }
      offset += each.layout.tokens().length;
    }
    NDArray input = NDArrays.concat(hidden, 0);
    NDArray attended = NDArrays.concat(heads, 0);
    input.attach(scratch);
    attended.attach(scratch);
    int layers = gradients.config().layers();
    NDArray output = gradients.blocksFromHeads(scratch, pass, input, attended, from, layers);
    return gradients.logProbabilities(
        scratch, pass.intervention(), gradients.finish(pass, output), predictors, tokens);
  }

  /**
   * A pack's share of the mean loss; {@code slopes} takes its derivative by each log-probability.
   */
  private double slopes(List<Prepared> pack, float[] read, int count, float[] slopes) {
    double sum = 0;
    int offset = 0;
    for (Prepared each : pack) {
      List<Example.Target> targets = each.layout.targets();
      double[] likelihoods = new double[each.example.continuations().size()];
      for (int i = 0; i < targets.size(); i++) {
        likelihoods[targets.get(i).continuation()] += read[offset + i];
      }
      double[] own = new double[likelihoods.length];
      sum += objective.value(likelihoods, each.example.shares(), own);
      for (int i = 0; i < targets.size(); i++) {
        slopes[offset + i] = (float) (own[targets.get(i).continuation()] / count);
      }
      offset += targets.size();
    }
    return sum / count;
  }

  @Override
  public void close() {
    for (Prepared each : all) {
      if (each.past != null) {
        each.past.close();
      }
    }
    manager.close();
  }
}
