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
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.FinalAdapter.Weights;

/**
 * Hinge losses of facts' margins under a module on the final hidden state. A margin is the
 * log-probability of the true text minus that of the likeliest false one, both summed over all
 * tokens but the first. Tokens that all texts of a fact begin with cancel, so they are left out.
 * The model's part of the gradient, up to the module's output, is written out; the engine carries
 * it through the module.
 */
public final class MarginLoss implements AutoCloseable {
  /** Memory for logits at once. */
  private static final long LOGIT_BYTES = 256L << 20;

  private final NDManager manager;
  private final Head head;
  private final DataType type;
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
   * @param rows for each log-probability that is read, its row of {@code states}
   * @param tokens for each, the token
   * @param texts for each, its text, 0 being the true one
   * @param count the number of texts
   */
  private record Prepared(NDArray states, int[] rows, int[] tokens, int[] texts, int count) {
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
    List<int[]> read = texts.stream().map(text -> Arrays.copyOf(text, text.length - 1)).toList();
    Segment.Tree tree = Segment.tree(read);
    int shared = commonStart(texts);
    List<Integer> rows = new ArrayList<>();
    List<Integer> tokens = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    List<Integer> nodes = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      int[] path = path(tree, text, read.get(text).length);
      for (int i = Math.max(1, shared); i < texts.get(text).length; i++) {
        if (!nodes.contains(path[i - 1])) {
          nodes.add(path[i - 1]);
        }
        rows.add(nodes.indexOf(path[i - 1]));
        tokens.add(texts.get(text)[i]);
        owners.add(text);
      }
    }
    int hidden = decoder.config().hidden();
    float[] all = states.of(read);
    float[] own = new float[nodes.size() * hidden];
    for (int i = 0; i < nodes.size(); i++) {
      System.arraycopy(all, nodes.get(i) * hidden, own, i * hidden, hidden);
    }
    NDArray array = manager.create(own, new Shape(nodes.size(), hidden));
    if (released) {
      array = decoder.finalNorm(array);
      array.attach(manager);
    }
    return new Prepared(array, ints(rows), ints(tokens), ints(owners), texts.size());
  }

  /** The number of tokens that all texts begin with. */
  private static int commonStart(List<int[]> texts) {
    int common = texts.get(0).length;
    for (int[] text : texts) {
      int mismatch = Arrays.mismatch(texts.get(0), 0, common, text, 0, text.length);
      common = mismatch < 0 ? Math.min(common, text.length) : mismatch;
    }
    return common;
  }

  /** The nodes of a sequence of a tree, in order. */
  private static int[] path(Segment.Tree tree, int sequence, int length) {
    int[] path = new int[length];
    int node = tree.ends()[sequence];
    for (int i = length - 1; i >= 0; i--) {
      path[i] = node;
      node = tree.segment().parents()[node];
    }
    return path;
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
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
      NDArray adapted = states.add(module.change(states)).stopGradient();
      adapted.attach(scratch);
      NDArray logits = head.logits(adapted.toType(type, false));
      float[] read = read(scratch, logits, pack);
      double loss = 0;
      Reads reads = new Reads();
      int offset = 0;
      int at = 0;
      for (int i = from; i < to; i++) {
        Prepared fact = fact(terms, i);
        double[] sums = new double[fact.count];
        for (int j = 0; j < fact.rows.length; j++) {
          sums[fact.texts[j]] += read[at + j];
        }
        int best = 1;
        for (int text = 2; text < sums.length; text++) {
          best = sums[text] > sums[best] ? text : best;
        }
        margins[i] = sums[0] - sums[best];
        Term term = terms.get(i);
        if (margins[i] < term.hinge() || Double.isNaN(margins[i])) {
          loss += term.weight() * (term.hinge() - margins[i]);
          reads.add(fact, offset, best, (float) term.weight());
        }
        at += fact.rows.length;
        offset += fact.size();
      }
      if (slopes != null && !reads.rows.isEmpty()) {
        slopes.add(reads.slopes(owner, scratch, states, logits));
      }
      return loss;
    }
  }

  /** All log-probabilities of some facts, fact after fact. */
  private float[] read(NDManager scratch, NDArray logits, List<Prepared> pack) {
    int count = pack.stream().mapToInt(fact -> fact.rows.length).sum();
    long[] rows = new long[count];
    long[] tokens = new long[count];
    int at = 0;
    int offset = 0;
    for (Prepared fact : pack) {
      for (int j = 0; j < fact.rows.length; j++) {
        rows[at] = (long) offset + fact.rows[j];
        tokens[at++] = fact.tokens[j];
      }
      offset += fact.size();
    }
    return head.read(logits, scratch.create(rows), scratch.create(tokens)).toFloatArray();
  }

  /** The log-probabilities that a loss depends on, with their weights in it. */
  private final class Reads {
    private final List<Integer> rows = new ArrayList<>();
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Float> weights = new ArrayList<>();

    /** Those of the true text, with minus the weight, and of the likeliest false one. */
    void add(Prepared fact, int offset, int best, float weight) {
      for (int j = 0; j < fact.rows.length; j++) {
        if (fact.texts[j] == 0 || fact.texts[j] == best) {
          rows.add(offset + fact.rows[j]);
          tokens.add(fact.tokens[j]);
          weights.add(fact.texts[j] == 0 ? -weight : weight);
        }
      }
    }

    Slopes slopes(NDManager owner, NDManager scratch, NDArray states, NDArray logits) {
      int[] distinct = rows.stream().mapToInt(Integer::intValue).distinct().sorted().toArray();
      float[] weight = new float[weights.size()];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = weights.get(i);
      }
      NDIndex chosen =
          new NDIndex("{}", scratch.create(Arrays.stream(distinct).asLongStream().toArray()));
      NDArray gradient =
          head.gradient(
              logits.get(chosen),
              scratch.create(
                  rows.stream().mapToLong(row -> Arrays.binarySearch(distinct, row)).toArray()),
              scratch.create(tokens.stream().mapToLong(Integer::longValue).toArray()),
              scratch.create(weight));
      NDArray read = states.get(chosen);
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
