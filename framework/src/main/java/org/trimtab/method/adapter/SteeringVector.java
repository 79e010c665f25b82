package org.trimtab.method.adapter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.Fact;
import org.trimtab.method.BuiltInMethod;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.model.Decoder;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.BlockVector;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Training;
import org.trimtab.spec.MethodKind;

/**
 * One steering vector, the rival of adapters in arXiv 2604.14174: the mean difference of the hidden
 * states of true and false completions at their last token, added to the output of a block at all
 * positions. Of some blocks and strengths it takes those with which most training facts pass; of
 * equals, those with the largest mean margin. The held-out facts have no part in it.
 */
public final class SteeringVector extends BuiltInMethod<SteeringVectorSettings> {
  /** Tokens of a pass at most; each needs logits. */
  private static final int MOST_TOKENS = 1024;

  public SteeringVector() {
    super("steering-vector", 1, MethodKind.TREATMENT, SteeringVectorSettings.class);
  }

  /** Any of the blocks may be chosen, so the lowest one that could be. */
  @Override
  public int lowestLayer(SteeringVectorSettings settings) {
    List<Integer> layers = settings.layers();
    return layers == null ? 0 : Collections.min(layers);
  }

  /** A choice, with what it does to the training facts. */
  private record Choice(int layer, double strength, int passes, double margin) {
    boolean beats(Choice other) {
      return passes > other.passes || (passes == other.passes && margin > other.margin);
    }
  }

  @Override
  public FittedMethod fit(Cell cell, SteeringVectorSettings settings, FitContext context) {
    Decoder decoder = context.model().decoder();
    List<Integer> layers = settings.candidates(decoder.config().layers());
    List<Double> strengths = settings.factors();
    try (Candidates candidates = new Candidates(decoder, texts(cell, context), layers)) {
      Choice unmodified = candidates.choice(layers.get(0), 0, new float[0]);
      Map<Integer, float[]> vectors = new TreeMap<>();
      List<Integer> passes = new ArrayList<>();
      @Nullable Choice best = null;
      int total = layers.size() * strengths.size();
      for (int layer : layers) {
        float[] vector = candidates.difference(layer);
        vectors.put(layer, vector);
        for (double strength : strengths) {
          Choice choice = candidates.choice(layer, strength, vector);
          passes.add(choice.passes());
          best = best == null || choice.beats(best) ? choice : best;
          context.watcher().step(passes.size(), total);
        }
      }
      if (best == null) {
        throw new IllegalStateException("no candidates");
      }
      LearnedVector chosen = LearnedVector.of(vectors.getOrDefault(best.layer(), new float[0]));
      Map<String, Object> facts = new TreeMap<>();
      facts.put("layer", best.layer());
      facts.put("strength", best.strength());
      facts.put("norm", chosen.norm());
      facts.put("parameters", chosen.values().length);
      facts.put("candidates.layers", layers);
      facts.put("candidates.passes", passes);
      facts.put("training.items", candidates.size());
      facts.put("training.passes.unmodified", unmodified.passes());
      facts.put("training.passes", best.passes());
      facts.put("training.margin.unmodified", unmodified.margin());
      facts.put("training.margin", best.margin());
      NDArray vector = decoder.manager().create(chosen.times(best.strength()));
      return new FittedMethod(new BlockVector(best.layer(), vector), facts);
    }
  }

  private static List<FactTokens> texts(Cell cell, FitContext context) {
    Training training = cell.trained();
    Path file = context.files().apply(training.dataset());
    return Fact.read(file).stream()
        .filter(fact -> training.items().contains(fact.index()))
        .map(fact -> AdapterFit.tokens(context.model(), file, fact))
        .map(FactTokens::of)
        .toList();
  }

  /** The facts with the outputs of the candidates' blocks, each computed once. */
  private static final class Candidates implements AutoCloseable {
    private final Decoder decoder;
    private final NDManager manager;
    private final List<Batch> batches = new ArrayList<>();

    /** Facts of one pass, and the outputs [N, D] of blocks. */
    private record Batch(List<FactTokens> facts, Map<Integer, NDArray> outputs) {
      List<Segment> segments() {
        return facts.stream().map(fact -> fact.tree().segment()).toList();
      }
    }

    Candidates(Decoder decoder, List<FactTokens> facts, List<Integer> layers) {
      this.decoder = decoder;
      manager = decoder.manager().newSubManager();
      List<FactTokens> open = new ArrayList<>();
      int tokens = 0;
      for (FactTokens fact : facts) {
        int own = fact.tree().segment().length();
        if (!open.isEmpty() && tokens + own > MOST_TOKENS) {
          batches.add(batch(open, layers));
          open = new ArrayList<>();
          tokens = 0;
        }
        open.add(fact);
        tokens += own;
      }
      batches.add(batch(open, layers));
    }

    private Batch batch(List<FactTokens> facts, List<Integer> layers) {
      Batch batch = new Batch(facts, new TreeMap<>());
      try (NDManager scratch = manager.newSubManager();
          Pass pass = decoder.pass(scratch, batch.segments(), Intervention.NONE)) {
        decoder.blocks(
            scratch,
            pass,
            decoder.embed(scratch, pass),
            0,
            layers.get(layers.size() - 1) + 1,
            (layer, output) -> {
              if (layers.contains(layer)) {
                NDArray kept = output.duplicate();
                kept.attach(manager);
                batch.outputs().put(layer, kept);
              }
            });
      }
      return batch;
    }

    int size() {
      return batches.stream().mapToInt(batch -> batch.facts().size()).sum();
    }

    private static NDArray output(Batch batch, int layer) {
      NDArray output = batch.outputs().get(layer);
      if (output == null) {
        throw new IllegalArgumentException("block " + layer + " is no candidate");
      }
      return output;
    }

    /** The mean over facts of the true text's state minus the mean of the false ones', [D]. */
    float[] difference(int layer) {
      double[] sum = new double[decoder.config().hidden()];
      for (Batch batch : batches) {
        int offset = 0;
        for (FactTokens fact : batch.facts()) {
          int[] ends = fact.tree().ends();
          for (int text = 0; text < ends.length; text++) {
            double weight = text == 0 ? 1 : -1.0 / (ends.length - 1);
            float[] state = row(output(batch, layer), offset + ends[text]);
            for (int i = 0; i < sum.length; i++) {
              sum[i] += weight * state[i];
            }
          }
          offset += fact.tree().segment().length();
        }
      }
      float[] mean = new float[sum.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (sum[i] / size());
      }
      return mean;
    }

    private static float[] row(NDArray states, int row) {
      try (NDArray own = states.get(new NDIndex("{}", row))) {
        return own.toType(DataType.FLOAT32, false).toFloatArray();
      }
    }

    /** What a vector at a strength does to the training facts; 0 does nothing. */
    Choice choice(int layer, double strength, float[] vector) {
      int passes = 0;
      double sum = 0;
      for (Batch batch : batches) {
        for (double margin : margins(batch, layer, strength, vector)) {
          passes += margin > 0 ? 1 : 0;
          sum += margin;
        }
      }
      return new Choice(layer, strength, passes, sum / size());
    }

    private List<Double> margins(Batch batch, int layer, double strength, float[] vector) {
      List<Segment> segments = batch.segments();
      try (NDManager scratch = manager.newSubManager();
          Pass pass = decoder.pass(scratch, segments, Intervention.NONE)) {
        NDArray input = output(batch, layer);
        if (strength != 0) {
          NDArray shift = scratch.create(LearnedVector.of(vector).times(strength));
          input = input.add(shift.toType(input.getDataType(), false));
          input.attach(scratch);
        }
        int layers = decoder.config().layers();
        NDArray hidden =
            decoder.finish(pass, decoder.blocks(scratch, pass, input, layer + 1, layers, null));
        int count = batch.facts().stream().mapToInt(fact -> fact.rows().length).sum();
        long[] predictors = new long[count];
        long[] tokens = new long[count];
        int at = 0;
        int offset = 0;
        for (FactTokens fact : batch.facts()) {
          for (int j = 0; j < fact.rows().length; j++) {
            predictors[at] = (long) offset + fact.nodes()[fact.rows()[j]];
            tokens[at++] = fact.tokens()[j];
          }
          offset += fact.tree().segment().length();
        }
        float[] read =
            decoder
                .logProbabilities(scratch, Intervention.NONE, hidden, predictors, tokens)
                .toFloatArray();
        List<Double> margins = new ArrayList<>();
        int from = 0;
        for (FactTokens fact : batch.facts()) {
          margins.add(fact.margin(read, from));
          from += fact.rows().length;
        }
        return margins;
      }
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
