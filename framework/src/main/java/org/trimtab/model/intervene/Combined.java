package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several interventions at once, applied in order at every site.
 *
 * @param parts the interventions; closed with this one
 */
public record Combined(List<Intervention> parts) implements Compound {
  /** Copies the list. */
  public Combined {
    parts = List.copyOf(parts);
  }

  @Override
  public NDArray oProjWeight(int layer, NDArray weight) {
    NDArray result = weight;
    for (Intervention part : parts) {
      result = part.oProjWeight(layer, result);
    }
    return result;
  }

  @Override
  public NDArray oProjInput(int layer, NDArray z, Rows rows) {
    NDArray result = z;
    for (Intervention part : parts) {
      result = part.oProjInput(layer, result, rows);
    }
    return result;
  }

  @Override
  public NDArray blockOutput(int layer, NDArray hidden, Rows rows) {
    NDArray result = hidden;
    for (Intervention part : parts) {
      result = part.blockOutput(layer, result, rows);
    }
    return result;
  }

  @Override
  public NDArray finalHidden(NDArray hidden, Rows rows) {
    NDArray result = hidden;
    for (Intervention part : parts) {
      result = part.finalHidden(result, rows);
    }
    return result;
  }

  @Override
  public NDArray logits(NDArray hidden, Unembedding own) {
    Unembedding result = own;
    for (Intervention part : parts) {
      Unembedding before = result;
      result = new Unembedding(rows -> part.logits(rows, before));
    }
    return result.apply(hidden);
  }

  @Override
  public String context() {
    return parts.stream().map(Intervention::context).collect(Collectors.joining());
  }
}
