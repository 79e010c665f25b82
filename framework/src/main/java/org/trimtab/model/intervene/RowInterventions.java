package org.trimtab.model.intervene;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
}
