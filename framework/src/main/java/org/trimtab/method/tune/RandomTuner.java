package org.trimtab.method.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.plan.random.CounterRandom;

/** Proposes points uniformly over the space, regardless of other trials. */
record RandomTuner(Space space, int trials, CounterRandom random) implements Tuner {
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
