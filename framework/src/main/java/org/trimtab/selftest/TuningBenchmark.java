package org.trimtab.selftest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.trimtab.method.tune.Domain;
import org.trimtab.method.tune.Goal;
import org.trimtab.method.tune.Point;
import org.trimtab.method.tune.Space;
import org.trimtab.method.tune.Study;
import org.trimtab.method.tune.Trial;
import org.trimtab.method.tune.Tuner;
import org.trimtab.method.tune.TunerSettings;
import org.trimtab.plan.random.CounterRandom;

/**
 * A function to minimise whose optimum is known.
 *
 * @param name the beginning of its name in references
 * @param space its search space
 * @param regret its value above the optimum
 */
record TuningBenchmark(String name, Space space, ToDoubleFunction<Point> regret) {
  private static final List<TuningBenchmark> ALL =
      List.of(
          new TuningBenchmark(
              "sphere3",
              space("x", "0.0..1.0", "y", "0.0..1.0", "z", "0.0..1.0"),
              at ->
                  square(at.number("x") - 0.1)
                      + square(at.number("y") - 0.4)
                      + square(at.number("z") - 0.7)),
          new TuningBenchmark(
              "branin",
              space("x", "-5.0..10.0", "y", "0.0..15.0"),
              at -> branin(at.number("x"), at.number("y"))),
          new TuningBenchmark(
              "mixed",
              space("lr", "1e-5..1e-1 log", "layer", "0..29 integer", "side", "one of out, in"),
              at ->
                  square(Math.log10(at.number("lr")) + 3)
                      + square(at.number("layer") - 18) / 100
                      + (at.choice("side").equals("in") ? 1 : 0)));

  static Optional<TuningBenchmark> named(String text) {
    return ALL.stream().filter(each -> text.startsWith(each.name)).findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(TuningBenchmark::name).toList();
  }

  /** The median over seeds of the best regret that {@code tuner@trials} finds. */
  double medianRegret(String tunerAndBudget, int seeds) {
    String[] parts = tunerAndBudget.split("@", 2);
    TunerSettings settings =
        TunerSettings.of(
            TunerSettings.Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
            Integer.parseInt(parts[1]));
    double[] best = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      Tuner tuner = settings.tuner(space, Goal.MINIMISE, CounterRandom.of(seed, "self-test"));
      best[seed] =
          Study.run(tuner, List.of(), regret).stream()
              .mapToDouble(Trial::value)
              .min()
              .orElseThrow();
    }
    Arrays.sort(best);
    return (best[(seeds - 1) / 2] + best[seeds / 2]) / 2;
  }

  private static Space space(String... namesAndDomains) {
    Map<String, Domain> parameters = new LinkedHashMap<>();
    for (int i = 0; i < namesAndDomains.length; i += 2) {
      parameters.put(namesAndDomains[i], Domain.parse(namesAndDomains[i + 1]));
    }
    return new Space(parameters);
  }

  private static double branin(double x, double y) {
    double valley = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    double wave = 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x);
    return valley * valley + wave + 10 - 0.397887;
  }

  private static double square(double value) {
    return value * value;
  }
}
