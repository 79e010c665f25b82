package org.trimtab.method.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.method.tune.Space.Searched;
import org.trimtab.method.tune.Tuner.Goal;
import org.trimtab.plan.random.CounterRandom;

/**
 * The multivariate tree-structured Parzen estimator with Optuna's defaults: of some candidates
 * drawn from the density of the best trials, the one with the highest ratio of its density among
 * the best to that among the others. Until there are enough trials with a value it proposes the
 * same points as {@link RandomTuner} with the same random numbers.
 */
final class TpeTuner implements Tuner {
  private final Space space;
  private final Searched searched;
  private final Goal goal;
  private final TunerSettings settings;
  private final CounterRandom random;
  private final RandomTuner startup;

  TpeTuner(Space space, Goal goal, TunerSettings settings, CounterRandom random) {
    this.space = space;
    this.searched = new Searched(space);
    this.goal = goal;
    this.settings = settings;
    this.random = random;
    this.startup = new RandomTuner(space, settings.trials(), random);
  }

  @Override
  public int trials() {
    return settings.trials();
  }

  @Override
  public Point ask(int trial, List<Trial> history) {
    Split split = Split.of(history, goal);
    if (split.size() < settings.startup() || searched.size() == 0) {
      return startup.ask(trial, history);
    }
    ParzenEstimator good = ParzenEstimator.of(searched, split.below());
    ParzenEstimator bad = ParzenEstimator.of(searched, split.above());
    CounterRandom draws = random.at(TunerSettings.within(trial, settings.trials()));
    int parameters = searched.size();
    double[] goodTerms = new double[good.size()];
    double[] badTerms = new double[bad.size()];
    double[] candidate = new double[parameters];
    double[] best = new double[parameters];
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < settings.candidates(); i++) {
      good.draw(draws, (long) i * (parameters + 1), candidate);
      double ratio = good.logDensity(candidate, goodTerms) - bad.logDensity(candidate, badTerms);
      if (i == 0 || ratio > highest) {
        highest = ratio;
        System.arraycopy(candidate, 0, best, 0, parameters);
      }
    }
    return point(best);
  }

  private Point point(double[] codes) {
    Map<String, Object> values = new LinkedHashMap<>();
    int next = 0;
    for (Map.Entry<String, Domain> parameter : space.parameters().entrySet()) {
      Domain domain = parameter.getValue();
      values.put(
          parameter.getKey(), domain.single() ? domain.spread(0) : domain.value(codes[next++]));
    }
    return new Point(values);
  }
}
