package org.trimtab.method;

import java.util.Map;

/**
 * A vector that was learned.
 *
 * @param values the vector, never changed
 * @param facts what is worth journaling of how it was learned
 */
public record LearnedVector(float[] values, Map<String, Object> facts) {
  /** Copies the map. */
  public LearnedVector {
    facts = Map.copyOf(facts);
  }

  /** A vector that nothing else is known of. */
  public static LearnedVector of(float[] values) {
    return new LearnedVector(values, Map.of());
  }

  /** The vector times a factor. */
  public float[] times(double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      // 0 is added so that a factor of 0 gives 0 and never -0.
      scaled[i] = (float) (factor * values[i]) + 0f;
    }
    return scaled;
  }

  /** Its length, in fp64. */
  public double norm() {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
