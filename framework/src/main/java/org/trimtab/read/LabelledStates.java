package org.trimtab.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.method.Direction;
import org.trimtab.plan.Shuffle;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.report.reading.LineScores.Line;

/**
 * The lines of items at one hidden state after the other, divided into those that directions are
 * learned from and those that are scored. An item has lines of both labels, or of one.
 */
final class LabelledStates {
  private static final int MOST_FOLDS = 5;
  private static final int FEWEST_LINES = 4;

  /** By item, the states of its positive and of its negative lines, each by hidden state. */
  private final List<Item> items = new ArrayList<>();

  private final int folds;

  /**
   * An item.
   *
   * @param id its id in the data set
   * @param fold the fold that it is scored in; -1 if it is only learned from
   * @param learned whether directions are learned from it
   */
  record Item(
      int id,
      int fold,
      boolean learned,
      List<Map<Integer, float[]>> positive,
      List<Map<Integer, float[]>> negative) {
    private boolean paired() {
      return !positive.isEmpty() && !negative.isEmpty();
    }

    private List<Map<Integer, float[]>> lines(boolean label, boolean swapped) {
      return label == swapped ? negative : positive;
    }
  }

  /** Lines of one item before it is known what is held out. */
  record Lines(
      int id,
      boolean learned,
      List<Map<Integer, float[]>> positive,
      List<Map<Integer, float[]>> negative) {}

  /**
   * Divides items. If too few are not learned from, those that are come into folds.
   *
   * @throws UserException when there are too few lines to compare
   */
  LabelledStates(List<Lines> lines, long seed) {
    List<Lines> learned = lines.stream().filter(Lines::learned).toList();
    List<Lines> others = lines.stream().filter(each -> !each.learned()).toList();
    check(learned);
    boolean held = count(others, true) >= 2 && count(others, false) >= 2;
    if (held) {
      folds = 1;
      learned.forEach(each -> add(each, -1));
      others.forEach(each -> add(each, 0));
      return;
    }
    boolean paired =
        learned.stream().anyMatch(each -> !each.positive.isEmpty() && !each.negative.isEmpty());
    int fewest =
        paired
            ? learned.size()
            : (int)
                Math.min(
                    learned.stream().filter(each -> !each.positive.isEmpty()).count(),
                    learned.stream().filter(each -> !each.negative.isEmpty()).count());
    folds = Math.min(MOST_FOLDS, fewest);
    Map<List<Boolean>, Integer> next = new HashMap<>();
    CounterRandom random = CounterRandom.of(seed, "folds of lines");
    Map<Integer, Integer> fold = new TreeMap<>();
    for (int place :
        Shuffle.of(
            IntStream.range(0, learned.size()).boxed().toList(),
            i -> random.at(learned.get(i).id()).bits(0),
            Shuffle.Keys.UNSIGNED)) {
      Lines item = learned.get(place);
      List<Boolean> kind = List.of(item.positive.isEmpty(), item.negative.isEmpty());
      fold.put(place, (next.merge(kind, 1, Integer::sum) - 1) % folds);
    }
    fold.forEach((place, own) -> add(learned.get(place), own));
  }

  private void add(Lines lines, int fold) {
    items.add(new Item(lines.id, fold, lines.learned, lines.positive, lines.negative));
  }

  private static void check(List<Lines> learned) {
    int positive = count(learned, true);
    int negative = count(learned, false);
    String found =
        "the cell learns from %d lines, %d of them positive"
            .formatted(positive + negative, positive);
    if (positive + negative < FEWEST_LINES) {
      throw new UserException(
          found + "; reading its direction needs at least " + FEWEST_LINES + ", two of each label");
    }
    if (positive < 2 || negative < 2) {
      throw new UserException(found + "; reading its direction needs at least two of each label");
    }
  }

  private static int count(List<Lines> lines, boolean positive) {
    return lines.stream()
        .mapToInt(each -> positive ? each.positive.size() : each.negative.size())
        .sum();
  }

  /** The number of folds; 1 if what is scored is not learned from. */
  int folds() {
    return folds;
  }

  /** The ids of items that directions for a fold are learned from. */
  Set<Integer> learnedFor(int fold) {
    Set<Integer> ids = new TreeSet<>();
    items.stream().filter(item -> learns(item, fold)).forEach(item -> ids.add(item.id()));
    return ids;
  }

  private static boolean learns(Item item, int fold) {
    return item.learned() && item.fold() != fold;
  }

  /** The ids of the items of scored lines, one for each line. */
  List<Integer> scoredItems() {
    List<Integer> ids = new ArrayList<>();
    for (Item item : items) {
      if (item.fold() >= 0) {
        for (int i = 0; i < item.positive().size() + item.negative().size(); i++) {
          ids.add(item.id());
        }
      }
    }
    return ids;
  }

  /** The number of items that are learned from. */
  int learned() {
    return (int) items.stream().filter(Item::learned).count();
  }

  /** Labels as they are. */
  boolean[] labels() {
    return new boolean[items.size()];
  }

  /**
   * Shuffled labels: whether each item's are swapped. A fair coin decides for an item with lines of
   * both labels; items with one label exchange theirs within their fold.
   */
  boolean[] shuffled(CounterRandom random) {
    boolean[] swapped = new boolean[items.size()];
    Map<Integer, List<Integer>> single = new TreeMap<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).paired()) {
        swapped[i] = random.at(items.get(i).id()).below(2, 0) == 1;
      } else {
        single.computeIfAbsent(items.get(i).fold(), fold -> new ArrayList<>()).add(i);
      }
    }
    single
        .values()
        .forEach(
            places -> {
              List<Integer> order =
                  Shuffle.of(places, i -> random.at(i).bits(1), Shuffle.Keys.UNSIGNED);
              for (int i = 0; i < places.size(); i++) {
                swapped[places.get(i)] =
                    items.get(places.get(i)).positive().isEmpty()
                        != items.get(order.get(i)).positive().isEmpty();
              }
            });
    return swapped;
  }

  /** The scored lines, with labels swapped for some items. */
  List<Line> lines(boolean[] swapped) {
    List<Line> lines = new ArrayList<>();
    int place = 0;
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      if (item.fold() < 0) {
        continue;
      }
      for (boolean own : new boolean[] {true, false}) {
        for (int line = 0; line < item.lines(own, false).size(); line++) {
          lines.add(new Line(place, item.fold(), own != swapped[i]));
        }
      }
      place++;
    }
    return lines;
  }

  /** The states of one index. */
  At at(int state) {
    return new At(state);
  }

  /** The lines at one hidden state. */
  final class At {
    private final int state;

    /** By item, the mean of its positive and of its negative lines; null where it has none. */
    private final List<float @Nullable []> positive = new ArrayList<>();

    private final List<float @Nullable []> negative = new ArrayList<>();

    private At(int state) {
      this.state = state;
      for (Item item : items) {
        positive.add(mean(item.positive()));
        negative.add(mean(item.negative()));
      }
    }

    private float @Nullable [] mean(List<Map<Integer, float[]>> lines) {
      if (lines.isEmpty()) {
        return null;
      }
      return Direction.mean(lines.stream().map(this::of).toList());
    }

    private float[] of(Map<Integer, float[]> line) {
      float[] found = line.get(state);
      if (found == null) {
        throw new IllegalStateException("hidden state " + state + " was not computed");
      }
      return found;
    }

    /** The item means of one label that directions for a fold are learned from; -2 for all. */
    List<float[]> means(boolean label, int fold, boolean[] swapped) {
      List<float[]> means = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        if (learns(items.get(i), fold)) {
          float[] mean = (label == swapped[i] ? negative : positive).get(i);
          if (mean != null) {
            means.add(mean);
          }
        }
      }
      return means;
    }

    /** The direction learned for a fold: the difference of both means. */
    Direction own(int fold, boolean[] swapped) {
      return Direction.meanDifference(means(true, fold, swapped), means(false, fold, swapped));
    }

    /** The own directions of all folds, as unit vectors. */
    List<float[]> own(boolean[] swapped) {
      return IntStream.range(0, folds).mapToObj(fold -> own(fold, swapped).unit()).toList();
    }

    /**
     * The same for shuffled labels, of any length: equal means give 0, along which all lines tie.
     */
    List<float[]> differences(boolean[] swapped) {
      return IntStream.range(0, folds).mapToObj(fold -> difference(fold, swapped)).toList();
    }

    /** The difference of both means that are learned for a fold. */
    float[] difference(int fold, boolean[] swapped) {
      return Vectors.minus(
          Direction.mean(means(true, fold, swapped)), Direction.mean(means(false, fold, swapped)));
    }

    /** h d of every scored line, in the order of {@link #lines}. */
    double[] scores(List<float[]> byFold) {
      double[] scores = new double[scoredItems().size()];
      int next = 0;
      for (Item item : items) {
        if (item.fold() < 0) {
          continue;
        }
        float[] direction = byFold.get(item.fold());
        for (Map<Integer, float[]> line : item.positive()) {
          scores[next++] = Vectors.dot(of(line), direction);
        }
        for (Map<Integer, float[]> line : item.negative()) {
          scores[next++] = Vectors.dot(of(line), direction);
        }
      }
      return scores;
    }
  }
}
