package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.model.intervene.ReferencePull.Mean;

/**
 * Reference pulls of rows that grow together, each with its own strength and reference. With means
 * over the prompt the first pass keeps the shift of each row, so that later passes need a single
 * addition; with growing means every pass runs whole sequences.
 */
final class PulledRows implements Intervention {
  private final NDManager manager;
  private final List<Intervention> rows;
  private final Map<Integer, NDArray> shifts = new HashMap<>();

  /**
   * Begins with the prompts.
   *
   * @param manager owns the kept shifts
   * @param rows reference pulls with the same kind of mean, or no interventions
   */
  PulledRows(NDManager manager, List<Intervention> rows) {
    this.manager = manager;
    this.rows = List.copyOf(rows);
  }

  /** Continues with some of the rows, by index. */
  PulledRows only(List<Integer> places) {
    PulledRows fewer = new PulledRows(manager, places.stream().map(rows::get).toList());
    long[] indices = places.stream().mapToLong(Integer::longValue).toArray();
    try (NDArray index = manager.create(indices)) {
      shifts.forEach(
          (layer, shift) -> {
            fewer.shifts.put(layer, shift.get(new NDIndex("{}", index)));
            shift.close();
          });
    }
    shifts.clear();
    return fewer;
  }

  @Override
  public int lowestLayer() {
    return rows.stream().mapToInt(Intervention::lowestLayer).min().orElse(Integer.MAX_VALUE);
  }

  @Override
  public boolean positionWise() {
    return false;
  }

  @Override
  public NDArray blockOutput(int layer, NDArray hidden, Rows packed) {
    NDArray kept = shifts.get(layer);
    if (kept != null) {
      return hidden.add(kept);
    }
    if (rows.stream().noneMatch(row -> acts(row, layer))) {
      return hidden;
    }
    NDList results = new NDList();
    NDList added = new NDList();
    boolean keep = false;
    int at = 0;
    for (int i = 0; i < rows.size(); i++) {
      int count = packed.segments().get(i);
      NDArray tokens = hidden.get(new NDIndex("{}:{}", at, at + count));
      if (rows.get(i) instanceof ReferencePull pull && acts(pull, layer)) {
        NDArray shift = pull.shift(layer, tokens, null);
        keep |= pull.mean() == Mean.PROMPT;
        added.add(shift);
        results.add(tokens.add(shift));
      } else {
        added.add(tokens.get("0:1").zerosLike());
        results.add(tokens);
      }
      at += count;
    }
    if (keep) {
      NDArray all = NDArrays.concat(added, 0);
      all.attach(manager);
      shifts.put(layer, all);
    }
    return NDArrays.concat(results, 0);
  }

  private static boolean acts(Intervention row, int layer) {
    return row instanceof ReferencePull pull && pull.strengths().get(layer) != 0;
  }
}
