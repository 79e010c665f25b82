package org.trimtab.plan;

import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.trimtab.io.Hashes;

/**
 * Groups of a data set's items that may share a batch: those that every cell of a plan scores
 * together or not at all. Group 0 holds the items that all cells score; the others are numbered by
 * their lowest item.
 */
public final class Groups {
  private final Map<Integer, Integer> groups;
  private final String fingerprint;

  private Groups(Map<Integer, Integer> groups, List<String> withheld) {
    this.groups = groups;
    fingerprint = withheld.isEmpty() ? "" : Hashes.lines(withheld);
  }

  /** The groups of a data set's items under some cells, which should be all cells of a plan. */
  public static Groups of(Collection<Cell> cells, String dataset) {
    return ofTrainings(
        cells.stream().map(Cell::training).filter(Objects::nonNull).toList(), dataset);
  }

  /** The groups of a data set's items under a plan. */
  public static Groups of(Plan plan, String dataset) {
    return of(plan.cells(), dataset);
  }

  static Groups ofTrainings(Collection<Training> trainings, String dataset) {
    TreeMap<String, ItemSet> sets = new TreeMap<>();
    for (Training training : trainings) {
      if (training.dataset().equals(dataset) && !training.withheld().isEmpty()) {
        sets.put(training.withheld().toString(), training.withheld());
      }
    }
    // Which of the sets an item is in, by item in ascending order.
    TreeMap<Integer, BitSet> signatures = new TreeMap<>();
    int index = 0;
    for (ItemSet set : sets.values()) {
      for (int item : set.ids()) {
        signatures.computeIfAbsent(item, unused -> new BitSet()).set(index);
      }
      index++;
    }
    Map<BitSet, Integer> numbers = new LinkedHashMap<>();
    Map<Integer, Integer> groups = new LinkedHashMap<>();
    signatures.forEach(
        (item, signature) ->
            groups.put(item, numbers.computeIfAbsent(signature, unused -> numbers.size() + 1)));
    return new Groups(groups, List.copyOf(sets.keySet()));
  }

  /** The group of an item. */
  public int group(int item) {
    return groups.getOrDefault(item, 0);
  }

  /**
   * A fingerprint for identities: SHA-256 (hex) of the distinct withheld sets in order; empty if
   * every cell scores everything.
   */
  public String fingerprint() {
    return fingerprint;
  }
}
