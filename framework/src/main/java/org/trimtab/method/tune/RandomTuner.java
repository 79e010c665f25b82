package org.trimtab.method.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.plan.random.CounterRandom;

/** Proposes points uniformly over the space, regardless of other trials. */
final class RandomTuner implements Tuner {
  private final Space space;
  private final int trials;
  private final CounterRandom random;

  RandomTuner(Space space, int trials, CounterRandom random) {
    this.space = space;
    this.trials = trials;
    this.random = random;
  }

  @Override
  public int trials() {
    return trials;
  }

  @Override
  public Point ask(int trial, List<Trial> history) {
    CounterRandom draws = random.at(TunerSettings.within(trial, trials));
    Map<String, Object> values = new LinkedHashMap<>();
    space
        .parameters()
        .forEach((name, domain) -> values.put(name, domain.spread(draws.uniform(values.size()))));
    return new Point(values);
  }
}
