package org.trimtab.method.delta;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trimtab.data.Pair;
import org.trimtab.data.PairPrompt;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.method.Method;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.MethodKind;

/**
 * The effect of answered examples in the prompt, at the same site as a learned delta: the mean
 * activation at the last position of prompts preceded by other, answered examples, minus that of
 * the prompts alone (function vectors: Todd et al., "Function Vectors in Large Language Models",
 * ICLR 2024, without their selection of heads). Nothing is trained.
 */
public final class MeanDifference implements Method<MeanDifferenceSettings> {
  private static final int VERSION = 1;

  @Override
  public String name() {
    return "mean-difference";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public MethodKind kind() {
    return MethodKind.TREATMENT;
  }

  @Override
  public Class<MeanDifferenceSettings> settings() {
    return MeanDifferenceSettings.class;
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
      alone.add(context.model().tokenizer().encode(prompt, true));
      answered.add(context.model().tokenizer().encode(before + prompt, true));
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
    return new FittedMethod(site.delta(vector, settings.factor().only()), facts);
  }

  /** Other examples with their answers, in an order given by the seed and the pair. */
  private static String shots(Pair asked, List<Pair> pairs, int most, long seed) {
    CounterRandom random = CounterRandom.of(seed, "shots").at(asked.index());
    StringBuilder text = new StringBuilder();
    pairs.stream()
        .filter(pair -> pair.index() != asked.index())
        .sorted(Comparator.comparingLong((Pair pair) -> random.bits(pair.index())))
        .limit(most)
        .forEach(
            pair ->
                text.append(PairPrompt.prompt(pair))
                    .append(PairPrompt.target(pair))
                    .append("\n\n"));
    return text.toString();
  }
}
