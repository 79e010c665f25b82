package org.trimtab.method.adapter;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.method.TokenStates;
import org.trimtab.model.Decoder;
import org.trimtab.model.Head;
import org.trimtab.model.intervene.FinalAdapter.Weights;

/**
 * Hinge losses of facts' margins under a module on the final hidden state, or on the logits. A
 * margin is the log-probability of the true text minus that of the likeliest false one, both summed
 * over all tokens but the first. Tokens that all texts of a fact begin with cancel, so they are
 * left out. The model's part of the gradient, up to the module's output, is written out; the engine
 * carries it through the module.
 */
public final class MarginLoss implements AutoCloseable {
  /** Memory for logits at once. */
  private static final long LOGIT_BYTES = 256L << 20;

  private final NDManager manager;
  private final Head head;
  private final DataType type;
  private final boolean onLogits;
  private final int mostRows;
  private final List<Prepared> facts = new ArrayList<>();

  /**
   * A fact's share of a loss: weight x max(0, hinge - margin).
   *
   * @param fact its index
   */
  public record Term(int fact, double hinge, double weight) {}

  /**
   * A loss.
   *
   * @param margins of the terms, in nats
   */
  public record Value(double loss, double[] margins) {}

  /**
   * What of a fact is computed once.
   *
   * @param states final hidden states that predict a token, [m, D] in fp32
   */
  private record Prepared(NDArray states, FactTokens fact) {
    int size() {
      return Math.toIntExact(states.getShape().get(0));
    }
  }

  /**
   * Takes the hidden states of facts.
   *
   * @param facts the token ids of each fact's texts, the true one first, each of two tokens or more
   * @param released whether to norm twice and unembed with the embedding, as the released code
   */
  public MarginLoss(
      Decoder decoder, TokenStates states, List<List<int[]>> facts, boolean released) {
    this(decoder, states, facts, released, /* onLogits= */ false);
  }

  /** The same for a module on the final hidden state, or on the logits. */
  MarginLoss(
      Decoder decoder,
      TokenStates states,
      List<List<int[]>> facts,
      boolean released,
      boolean onLogits) {
    this.onLogits = onLogits;
    manager = decoder.manager().newSubManager();
    head = released ? decoder.embeddingHead() : decoder.head();
    type = decoder.oProjWeight(0).getDataType();
    mostRows = (int) Math.max(16, LOGIT_BYTES / 4 / decoder.config().vocabulary());
    for (List<int[]> texts : facts) {
      this.facts.add(prepared(decoder, states, texts, released));
    }
  }

  private Prepared prepared(
      Decoder decoder, TokenStates states, List<int[]> texts, boolean released) {
    FactTokens fact = FactTokens.of(texts);
    int hidden = decoder.config().hidden();
    float[] all = states.of(FactTokens.read(texts));
    int[] nodes = fact.nodes();
    float[] own = new float[nodes.length * hidden];
    for (int i = 0; i < nodes.length; i++) {
      System.arraycopy(all, nodes[i] * hidden, own, i * hidden, hidden);
    }
    NDArray array = manager.create(own, new Shape(nodes.length, hidden));
    if (released) {
      array = decoder.finalNorm(array);
      array.attach(manager);
    }
    return new Prepared(array, fact);
  }

  /** Where the loss depends on the module's output, and how: both [k, D]. */
  private record Slopes(NDArray states, NDArray slopes) {}

  /** The loss of some terms. */
  public Value value(Weights module, List<Term> terms) {
    try (NDManager scratch = manager.newSubManager()) {
      return evaluate(scratch, module, terms, null);
    }
  }

  /** The loss of some terms; adds its gradient to those of the module's tensors. */
  public Value gradient(Weights module, List<Term> terms) {
    try (NDManager scratch = manager.newSubManager()) {
      List<Slopes> slopes = new ArrayList<>();
      Value value = evaluate(scratch, module, terms, slopes);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(weighted(scratch, module, slopes));
      }
      return value;
    }
  }

  /** A sum with the loss's gradient: its slopes are constants. */
  private static NDArray weighted(NDManager scratch, Weights module, List<Slopes> slopes) {
    if (slopes.isEmpty()) {
      // Gradients of 0, so that there are some.
      NDList sums = new NDList();
      module.tensors().forEach(tensor -> sums.add(tensor.mul(0).sum()));
      return NDArrays.add(sums.toArray(new NDArray[0]));
    }
    NDArray states = concat(scratch, slopes.stream().map(Slopes::states).toList());
    NDArray slope = concat(scratch, slopes.stream().map(Slopes::slopes).toList());
    return module.change(states).mul(slope).sum();
  }

  private static NDArray concat(NDManager owner, List<NDArray> arrays) {
    NDArray all = NDArrays.concat(new NDList(arrays), 0);
    all.attach(owner);
    return all;
  }

  private Value evaluate(
      NDManager owner, Weights module, List<Term> terms, @Nullable List<Slopes> slopes) {
    double[] margins = new double[terms.size()];
    double loss = 0;
    for (int from = 0; from < terms.size(); ) {
      int to = from + 1;
      int size = fact(terms, from).size();
      while (to < terms.size() && size + fact(terms, to).size() <= mostRows) {
        size += fact(terms, to++).size();
      }
      loss += pack(owner, module, terms, from, to, margins, slopes);
      from = to;
    }
    return new Value(loss, margins);
  }

  private Prepared fact(List<Term> terms, int term) {
    return facts.get(terms.get(term).fact());
  }

  /** The loss of terms {@code from} to {@code to} - 1, whose logits are held at once. */
  private double pack(
      NDManager owner,
      Weights module,
      List<Term> terms,
      int from,
      int to,
      double[] margins,
      @Nullable List<Slopes> slopes) {
    try (NDManager scratch = manager.newSubManager()) {
      List<Prepared> pack = IntStream.range(from, to).mapToObj(i -> fact(terms, i)).toList();
      NDArray states = concat(scratch, pack.stream().map(Prepared::states).toList());
      NDArray input = onLogits ? head.logits(states.toType(type, false)) : states;
      input.attach(scratch);
      NDArray adapted = input.add(module.change(input)).stopGradient();
      adapted.attach(scratch);
      NDArray logits = onLogits ? adapted : head.logits(adapted.toType(type, false));
      float[] read = read(scratch, logits, pack);
      double loss = 0;
      Reads reads = new Reads();
      int offset = 0;
      int at = 0;
      for (int i = from; i < to; i++) {
        Prepared fact = fact(terms, i);
        double[] sums = fact.fact.sums(read, at);
        int best = FactTokens.likeliest(sums);
        margins[i] = sums[0] - sums[best];
        Term term = terms.get(i);
        if (margins[i] < term.hinge() || Double.isNaN(margins[i])) {
          loss += term.weight() * (term.hinge() - margins[i]);
          reads.add(fact.fact, offset, best, (float) term.weight());
        }
        at += fact.fact.rows().length;
        offset += fact.size();
      }
      if (slopes != null && !reads.rows.isEmpty()) {
        slopes.add(reads.slopes(owner, scratch, input, logits));
      }
      return loss;
    }
  }

  /** All log-probabilities of some facts, fact after fact. */
  private float[] read(NDManager scratch, NDArray logits, List<Prepared> pack) {
    int count = pack.stream().mapToInt(fact -> fact.fact.rows().length).sum();
    long[] rows = new long[count];
    long[] tokens = new long[count];
    int at = 0;
    int offset = 0;
    for (Prepared fact : pack) {
      for (int j = 0; j < fact.fact.rows().length; j++) {
        rows[at] = (long) offset + fact.fact.rows()[j];
        tokens[at++] = fact.fact.tokens()[j];
      }
      offset += fact.size();
    }
    return head.read(logits, scratch.create(rows), scratch.create(tokens)).toFloatArray();
  }

  /** The log-probabilities that a loss depends on, with their weights in it. */
  private final class Reads {
    private final List<Integer> rows = new ArrayList<>();
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Float> factors = new ArrayList<>();

    /** Those of the true text, with minus the weight, and of the likeliest false one. */
    void add(FactTokens fact, int offset, int best, float weight) {
      for (int j = 0; j < fact.rows().length; j++) {
        int text = fact.texts()[j];
        if (text == 0 || text == best) {
          rows.add(offset + fact.rows()[j]);
          tokens.add(fact.tokens()[j]);
          factors.add(text == 0 ? -weight : weight);
        }
      }
    }

    Slopes slopes(NDManager owner, NDManager scratch, NDArray input, NDArray logits) {
      int[] distinct = rows.stream().mapToInt(Integer::intValue).distinct().sorted().toArray();
      float[] weight = new float[factors.size()];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = factors.get(i);
      }
      NDIndex chosen =
          new NDIndex("{}", scratch.create(Arrays.stream(distinct).asLongStream().toArray()));
      NDArray own = logits.get(chosen);
      NDArray row =
          scratch.create(
              rows.stream().mapToLong(each -> Arrays.binarySearch(distinct, each)).toArray());
      NDArray token = scratch.create(tokens.stream().mapToLong(Integer::longValue).toArray());
      NDArray weights = scratch.create(weight);
      NDArray gradient =
          onLogits
              ? head.logitGradient(own, row, token, weights)
              : head.gradient(own, row, token, weights);
      NDArray read = input.get(chosen);
      gradient.attach(owner);
      read.attach(owner);
      return new Slopes(read, gradient);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
