package org.trimtab.method;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trimtab.model.weights.SafetensorsWriter;

/**
 * The directions that a fit learned, to be kept with its results.
 *
 * @param byLayer the vector of each block that it acts in
 * @param metadata what the vectors are: method, hidden state or site, whether they have length 1
 */
public record LearnedDirections(SortedMap<Integer, float[]> byLayer, Map<String, String> metadata) {
  /** Copies the maps. */
  public LearnedDirections {
    byLayer = Collections.unmodifiableSortedMap(new TreeMap<>(byLayer));
    metadata = Map.copyOf(metadata);
  }

  /** The name of the tensor of a block. */
  public static String tensor(int layer) {
    return "direction." + layer;
  }

  /**
   * Writes them as safetensors, whole or not at all: {@code direction.5} for block 5. The same
   * directions give the same bytes.
   *
   * @throws org.trimtab.UserException when the disk refuses
   */
  public void write(Path file) {
    SafetensorsWriter writer = new SafetensorsWriter();
    metadata.forEach(writer::metadata);
    byLayer.forEach(
        (layer, vector) -> writer.floats(tensor(layer), List.of((long) vector.length), vector));
    writer.write(file);
  }
}
