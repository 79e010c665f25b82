package org.trimtab.plan.random;

/**
 * Random numbers that are pure functions of a key: (seed, purpose, indices). No stream is shared,
 * so order, sharding and resuming change nothing. The generator is SplitMix64's finaliser (Steele,
 * Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) over a hash of the
 * key.
 */
public final class CounterRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long key;

  private CounterRandom(long key) {
    this.key = key;
  }

  /** The generator of a seed and a purpose: a short text that names what the numbers are for. */
  public static CounterRandom of(long seed, String purpose) {
    long key = mix(seed + GOLDEN);
    for (int i = 0; i < purpose.length(); i++) {
      key = mix(key ^ (purpose.charAt(i) * GOLDEN));
    }
    return new CounterRandom(key);
  }

  /** The generator of an index within this one: a layer, an item, a resample. */
  public CounterRandom at(long index) {
    return new CounterRandom(mix(key ^ mix(index + GOLDEN)));
  }

  /** Number {@code counter} of this generator, 64 uniform bits. */
  public long bits(long counter) {
    return mix(key + (counter + 1) * GOLDEN);
  }

  /** Number {@code counter}, uniform in [0, 1) with 53 bits. */
  public double uniform(long counter) {
    return (bits(counter) >>> 11) * 0x1.0p-53;
  }

  /**
   * Number {@code counter}, uniform in 0 .. bound - 1 (multiply-shift; bias below bound / 2^64).
   */
  public int below(int bound, long counter) {
    return (int) Math.multiplyHigh(bits(counter) >>> 1, ((long) bound) << 1);
  }

  /** Number {@code counter}, standard normal (Box-Muller on two uniform numbers). */
  public double normal(long counter) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform(2 * counter)));
    return radius * StrictMath.cos(2 * Math.PI * uniform(2 * counter + 1));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
