package org.trimtab.method;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A learned vector.
 *
 * @param values the vector, never changed
 * @param facts facts of the fit worth recording
 */
public record LearnedVector(float[] values, Map<String, Object> facts) {
  /** Copies the map, in the order of the names, so that a journal is the same to the byte. */
  public LearnedVector {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /** A vector without facts. */
  public static LearnedVector of(float[] values) {
    return new LearnedVector(values, Map.of());
  }

  /** The vector times a factor. */
  public float[] times(double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      // Adding 0 turns -0 into 0 for a factor of 0.
      scaled[i] = (float) (factor * values[i]) + 0f;
    }
    return scaled;
  }

  /** Its norm, in fp64. */
  public double norm() {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
