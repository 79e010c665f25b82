package org.trimtab.method.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Proposes the points of the largest grid that the budget allows: parameters get one more level in
 * turn, those with the fewest levels first, while the grid has at most as many points as trials.
 * The last parameter varies fastest.
 */
final class GridTuner implements Tuner {
  private final Map<String, List<Object>> levels = new LinkedHashMap<>();
  private final int points;

  GridTuner(Space space, int trials) {
    List<Domain> domains = List.copyOf(space.parameters().values());
    int[] counts = counts(domains, trials);
    int product = 1;
    for (String name : space.parameters().keySet()) {
      int parameter = levels.size();
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < counts[parameter]; i++) {
        values.add(domains.get(parameter).level(i, counts[parameter]));
      }
      // Logarithmic levels may round to the same integer.
      levels.put(name, values.stream().distinct().toList());
      product *= levels.get(name).size();
    }
    this.points = product;
  }

  private static int[] counts(List<Domain> domains, int trials) {
    int[] counts = new int[domains.size()];
    Arrays.fill(counts, 1);
    long product = 1;
    while (true) {
      int next = -1;
      for (int i = 0; i < counts.length; i++) {
        boolean fits =
            counts[i] < domains.get(i).size() && product / counts[i] * (counts[i] + 1) <= trials;
        if (fits && (next < 0 || counts[i] < counts[next])) {
          next = i;
        }
      }
      if (next < 0) {
        return counts;
      }
      product = product / counts[next] * (counts[next] + 1);
      counts[next]++;
    }
  }

  @Override
  public int trials() {
    return points;
  }

  @Override
  public Point ask(int trial, List<Trial> history) {
    int rest = TunerSettings.within(trial, points);
    int block = points;
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, List<Object>> entry : levels.entrySet()) {
      block /= entry.getValue().size();
      values.put(entry.getKey(), entry.getValue().get(rest / block));
      rest %= block;
    }
    return new Point(values);
  }
}
