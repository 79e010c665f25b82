package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.trimtab.model.intervene.Intervention.OutputProjection;
import org.trimtab.model.intervene.ReferencePull.Mean;

/**
 * The interventions of the rows of one generation: the rows begin together, one segment each, and
 * end one by one. Reference pulls with the same kind of mean act on all rows at once, alongside
 * unsteered rows.
 */
public final class RowInterventions implements AutoCloseable {
  private final NDManager manager;
  private final List<Intervention> parts = new ArrayList<>();
  private Intervention current;
  private List<Integer> open;

  /**
   * Begins a generation.
   *
   * @param parent owns the state kept between passes until this is closed
   * @param rows the intervention of every row; the caller owns them
   */
  public RowInterventions(NDManager parent, List<Intervention> rows) {
    manager = parent.newSubManager();
    open = IntStream.range(0, rows.size()).boxed().toList();
    Intervention first = rows.get(0);
    if (rows.stream().allMatch(row -> row == first) && !(first instanceof ReferencePull)) {
      current = first;
    } else if (oneKind(rows)) {
      current = new PulledRows(manager, rows);
    } else {
      rows.forEach(row -> parts.add(begun(row)));
      current = new PerSegment(parts);
    }
  }

  private static boolean oneKind(List<Intervention> rows) {
    List<Mean> means = new ArrayList<>();
    for (Intervention row : rows) {
      if (row instanceof ReferencePull pull) {
        means.add(pull.mean());
      } else if (row != Intervention.NONE) {
        return false;
      }
    }
    return means.stream().distinct().count() == 1;
  }

  private Intervention begun(Intervention row) {
    return row instanceof ReferencePull ? new PulledRows(manager, List.of(row)) : row;
  }

  /**
   * The intervention of a pass over the rows that are still open, one segment each.
   *
   * @param rows their indices, ascending; a subset of the rows of the previous pass
   */
  public Intervention of(List<Integer> rows) {
    if (!rows.equals(open)) {
      if (current instanceof PulledRows pulled) {
        current = pulled.only(rows.stream().map(open::indexOf).toList());
      } else if (!parts.isEmpty()) {
        current = new PerSegment(rows.stream().map(parts::get).toList());
      }
      open = List.copyOf(rows);
    }
    return current;
  }

  @Override
  public void close() {
    manager.close();
  }

  /**
   * An intervention for each segment of a pass: segment i gets part i.
   *
   * @param parts as many as the pass has segments; closed with this one
   */
  public record PerSegment(List<Intervention> parts) implements Compound {
    /** Copies the list. */
    public PerSegment {
      parts = List.copyOf(parts);
    }

    private interface Site {
      NDArray apply(Intervention part, NDArray rows, Rows own);
    }

    @Override
    public NDArray oProj(int layer, NDArray z, OutputProjection own, Rows rows) {
      return apply(z, rows, (part, some, someRows) -> part.oProj(layer, some, own, someRows));
    }

    @Override
    public NDArray blockOutput(int layer, NDArray hidden, Rows rows) {
      return apply(hidden, rows, (part, own, ownRows) -> part.blockOutput(layer, own, ownRows));
    }

    @Override
    public NDArray finalHidden(NDArray hidden, Rows rows) {
      return apply(hidden, rows, Intervention::finalHidden);
    }

    /** One row per segment is read: its last token. */
    @Override
    public NDArray logits(NDArray hidden, Unembedding own) {
      NDList results = new NDList();
      for (int i = 0; i < parts.size(); i++) {
        results.add(parts.get(i).logits(hidden.get(new NDIndex("{}:{}", i, i + 1)), own));
      }
      return NDArrays.concat(results, 0);
    }

    private NDArray apply(NDArray all, Rows rows, Site site) {
      if (rows.segments().size() != parts.size()) {
        throw new IllegalArgumentException(
            parts.size() + " interventions for " + rows.segments().size() + " segments");
      }
      NDList results = new NDList();
      int at = 0;
      for (int i = 0; i < parts.size(); i++) {
        int count = rows.segments().get(i);
        NDIndex own = new NDIndex("{}:{}", at, at + count);
        Rows ownRows = new Rows(rows.lastPrompt().get(own), List.of(count));
        results.add(site.apply(parts.get(i), all.get(own), ownRows));
        at += count;
      }
      return NDArrays.concat(results, 0);
    }
  }

  /**
   * Reference pulls of rows that grow together, each with its own strength and reference. With
   * means over the prompt the first pass keeps the shift of each row, so that later passes need a
   * single addition; with growing means every pass runs whole sequences.
   */
  static final class PulledRows implements Intervention {
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
}
