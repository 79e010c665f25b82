package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;

/**
 * An intervention for each segment of a pass: segment i gets part i.
 *
 * @param parts as many as the pass has segments; closed with this one
 */
public record PerSegment(List<Intervention> parts) implements Intervention {
  /** Copies the list. */
  public PerSegment {
    parts = List.copyOf(parts);
  }

  private interface Site {
    NDArray apply(Intervention part, NDArray rows, Rows own);
  }

  @Override
  public int lowestLayer() {
    return parts.stream().mapToInt(Intervention::lowestLayer).min().orElse(Integer.MAX_VALUE);
  }

  @Override
  public boolean positionWise() {
    return parts.stream().allMatch(Intervention::positionWise);
  }

  @Override
  public boolean keepsPast() {
    return parts.stream().allMatch(Intervention::keepsPast);
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

  @Override
  public void close() {
    parts.forEach(Intervention::close);
  }
}
