package org.trimtab.method.delta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.data.Pair;
import org.trimtab.data.PairPrompt;
import org.trimtab.method.BuiltInMethod;
import org.trimtab.method.Contrast;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.method.TrainingTexts;
import org.trimtab.model.Decoder;
import org.trimtab.model.Pass;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.model.intervene.Rows;
import org.trimtab.plan.Cell;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.ModelFacts;
import org.trimtab.plan.Shuffle;
import org.trimtab.plan.Training;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.Key;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Levels;
import org.trimtab.spec.MethodKind;

/**
 * The effect of answered examples in the prompt, at the same site as a learned delta: the mean
 * activation at the last position of prompts preceded by other, answered examples, minus that of
 * the prompts alone (function vectors: Todd et al., "Function Vectors in Large Language Models",
 * ICLR 2024, without their selection of heads). Nothing is trained.
 */
public final class MeanDifference extends BuiltInMethod<MeanDifference.MeanDifferenceSettings> {
  /**
   * Settings of the mean difference, in the style of function vectors.
   *
   * @param train the items to draw examples from
   * @param examples their number; null for all
   * @param layers the block in which it is read and added
   * @param site where it is read and added
   * @param shots the largest number of answered examples before a prompt
   * @param factor multiplies it; 0 is the baseline
   */
  public record MeanDifferenceSettings(
      @Key("what examples are drawn from: prompts with targets") TrainingSettings train,
      @Key(
              value = "how many training items to learn from, drawn by the seed; default: all",
              min = 2)
          @Nullable Levels<Integer> examples,
      @Key("the block to act in, 0-based: 7 or 60%; a list gives a cell for each")
          Levels<LayerRange> layers,
      @Key(
              value = "where the vector is read and added: o-proj-input or block-output",
              defaultValue = "o-proj-input")
          Levels<PromptEndDelta.Site> site,
      @Key(
              value = "the largest number of answered examples before each prompt",
              defaultValue = "10",
              min = 1)
          int shots,
      @Key(value = "factor on the vector; 0 is the baseline", defaultValue = "1.0")
          Levels<Double> factor)
      implements MethodSettings {
    @Override
    public Set<DatasetKind> learnsFrom() {
      return EnumSet.of(DatasetKind.MULTIPLE_CHOICE, DatasetKind.PAIRS);
    }

    @Override
    public boolean learnsFromPlainPrompts() {
      return true;
    }

    @Override
    public void check(ModelFacts model) {
      DeltaSite.checkOneBlock(layers.only(), model, "a mean difference");
    }

    @Override
    public void check(Training training) {
      Examples.check(examples, training);
      if (training.items().size() < 2) {
        throw new UserException(
            "a mean difference needs two training items or more: prompts are answered for each other");
      }
    }
  }

  public MeanDifference() {
    super("mean-difference", 1, MethodKind.TREATMENT, MeanDifferenceSettings.class);
  }

  @Override
  public int lowestLayer(MeanDifferenceSettings settings) {
    return layer(settings);
  }

  private static int layer(MeanDifferenceSettings settings) {
    LayerRange range = settings.layers().only();
    return range.first(Integer.MAX_VALUE);
  }

  @Override
  public FittedMethod fit(Cell cell, MeanDifferenceSettings settings, FitContext context) {
    List<Pair> pairs = Examples.pairs(cell, context, settings.examples());
    DeltaSite site =
        new DeltaSite(context.model().decoder(), layer(settings), settings.site().only());
    List<int[]> alone = new ArrayList<>();
    List<int[]> answered = new ArrayList<>();
    for (Pair pair : pairs) {
      String prompt = PairPrompt.prompt(pair);
      String before = shots(pair, pairs, settings.shots(), cell.seed());
      alone.add(PromptTokens.of(context.model(), prompt, false).ids());
      answered.add(PromptTokens.of(context.model(), before + prompt, false).ids());
    }
    double[] with = SiteMean.over(site, answered);
    double[] without = SiteMean.over(site, alone);
    float[] difference = new float[with.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = (float) (with[i] - without[i]);
    }
    LearnedVector vector = LearnedVector.of(difference);
    Map<String, Object> facts = new TreeMap<>();
    facts.put("training.items", pairs.size());
    facts.put("norm", vector.norm());
    return site.fitted(name(), vector, settings.factor().only(), facts);
  }

  /** Prompts after answered examples, which the cell learns from, against the prompts alone. */
  @Override
  public Map<Integer, TrainingTexts> contrasts(
      Cell cell, MeanDifferenceSettings settings, FitContext context) {
    List<Pair> learned = Examples.pairs(cell, context, settings.examples());
    Map<Integer, TrainingTexts> contrasts = new TreeMap<>();
    for (Pair pair : Examples.all(cell, context)) {
      String prompt = PairPrompt.prompt(pair);
      String before = shots(pair, learned, settings.shots(), cell.seed());
      Contrast contrast = new Contrast(List.of(before + prompt), List.of(prompt), false);
      contrasts.put(pair.index(), TrainingTexts.of(context.model(), pair.index(), contrast));
    }
    return contrasts;
  }

  /** Other examples with their answers, in an order given by the seed and the pair. */
  private static String shots(Pair prompted, List<Pair> pairs, int most, long seed) {
    CounterRandom random = CounterRandom.of(seed, "shots").at(prompted.index());
    Map<Integer, Pair> others = new LinkedHashMap<>();
    pairs.stream()
        .filter(pair -> pair.index() != prompted.index())
        .forEach(pair -> others.put(pair.index(), pair));
    return PairPrompt.context(
        Shuffle.of(List.copyOf(others.keySet()), random::bits, Shuffle.Keys.SIGNED).stream()
            .limit(most)
            .map(others::get)
            .toList());
  }

  /** Sums the activations of a site at the last position of prompts, in fp64. Changes nothing. */
  static final class SiteMean implements Intervention {
    private final DeltaSite site;
    private final double[] sum;
    private int count;

    private SiteMean(DeltaSite site) {
      this.site = site;
      sum = new double[site.width()];
    }

    /**
     * The mean over some prompts, each run alone.
     *
     * @param prompts token ids, none empty
     * @return [A] at the o_proj input, [D] at the block output
     */
    static double[] over(DeltaSite site, List<int[]> prompts) {
      SiteMean mean = new SiteMean(site);
      Decoder decoder = site.decoder();
      for (int[] prompt : prompts) {
        try (NDManager scratch = decoder.manager().newSubManager();
            Pass pass = decoder.pass(scratch, List.of(Segment.of(prompt)), mean)) {
          decoder.blocks(scratch, pass, decoder.embed(scratch, pass), 0, site.layer() + 1, null);
        }
      }
      for (int i = 0; i < mean.sum.length; i++) {
        mean.sum[i] /= mean.count;
      }
      return mean.sum;
    }

    @Override
    public int lowestLayer() {
      return site.layer();
    }

    @Override
    public NDArray oProjInput(int layer, NDArray z, Rows rows) {
      return site.site() == PromptEndDelta.Site.O_PROJ_INPUT ? read(layer, z) : z;
    }

    @Override
    public NDArray blockOutput(int layer, NDArray hidden, Rows rows) {
      return site.site() == PromptEndDelta.Site.BLOCK_OUTPUT ? read(layer, hidden) : hidden;
    }

    private NDArray read(int layer, NDArray x) {
      if (layer == site.layer()) {
        try (NDArray last = x.get(new NDIndex("{}", x.getShape().get(0) - 1))) {
          float[] values = last.toType(DataType.FLOAT32, false).toFloatArray();
          for (int i = 0; i < values.length; i++) {
            sum[i] += values[i];
          }
          count++;
        }
      }
      return x;
    }
  }
}
