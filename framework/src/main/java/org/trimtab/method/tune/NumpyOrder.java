package org.trimtab.method.tune;

import java.util.Arrays;

/**
 * Ascending order with equal values in the order in which {@code numpy.argsort} leaves them on
 * processors with AVX-512: that of x86-simd-sort (BSD-3-Clause), a bitonic network up to 256 values
 * and a quicksort by vectors of 8 above.
 *
 * <p>Optuna gives the first and the last of equal values wide kernels and the others narrow ones,
 * so its densities depend on this order, by up to 2 in the logarithm. On other processors numpy's
 * order, and with it Optuna's densities, are others; here they are the same everywhere.
 */
final class NumpyOrder {
  private static final int NETWORK = 256;
  private static final int LANES = 8;
  private static final int VECTORS = 4 * LANES;

  private final double[] values;
  private final int[] order;

  private NumpyOrder(double[] values) {
    this.values = values;
    this.order = new int[values.length];
    Arrays.setAll(order, i -> i);
  }

  /** The indices of the values, those of the smaller ones first. */
  static int[] of(double[] values) {
    int[] quick = byBits(values);
    if (ascending(values, quick, false)) {
      return quick;
    }
    NumpyOrder order = new NumpyOrder(values);
    if (!ascending(values, order.order, true)) {
      int depth = 2 * (31 - Integer.numberOfLeadingZeros(values.length));
      order.sort(0, values.length, depth);
    }
    return order.order;
  }

  /** The order by all but the last bits, which hold the index: right where no two are as near. */
  private static int[] byBits(double[] values) {
    long mask = (1L << (32 - Integer.numberOfLeadingZeros(values.length))) - 1;
    long[] keys = new long[values.length];
    for (int i = 0; i < keys.length; i++) {
      long raw = Double.doubleToRawLongBits(values[i]);
      keys[i] = ((raw ^ ((raw >> 63) & Long.MAX_VALUE)) & ~mask) | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) (key & mask)).toArray();
  }

  private static boolean ascending(double[] values, int[] order, boolean orEqual) {
    for (int i = 1; i < order.length; i++) {
      double before = values[order[i - 1]];
      double after = values[order[i]];
      if (!(before < after || (orEqual && before == after))) {
        return false;
      }
    }
    return true;
  }

  private void sort(int from, int to, int depth) {
    // Where quicksort makes no progress, numpy takes C++'s std::sort, whose order nobody defines.
    if (to - from <= NETWORK || depth <= 0) {
      network(from, to);
      return;
    }
    double pivot = pivot(from, to);
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      smallest = Math.min(smallest, values[order[i]]);
      largest = Math.max(largest, values[order[i]]);
    }
    int middle = partition(from, to, pivot);
    if (pivot != smallest) {
      sort(from, middle, depth - 1);
    }
    if (pivot != largest) {
      sort(middle, to, depth - 1);
    }
  }

  /** The upper median of eight values. */
  private double pivot(int from, int to) {
    int stride = (to - 1 - from) / LANES;
    double[] sample = new double[LANES];
    for (int i = 0; i < LANES; i++) {
      sample[i] = values[order[from + (i + 1) * stride]];
    }
    Arrays.sort(sample);
    return sample[LANES / 2];
  }

  /** Moves what is below the pivot to the left; returns the first place of the others. */
  private int partition(int from, int to, double pivot) {
    int left = from;
    int right = to;
    for (int i = (to - from) % VECTORS; i > 0; i--) {
      if (values[order[left]] < pivot) {
        left++;
      } else {
        right--;
        int swapped = order[left];
        order[left] = order[right];
        order[right] = swapped;
      }
    }
    // The outermost vectors are written last, so that there is room for the others.
    int[] first = Arrays.copyOfRange(order, left, left + VECTORS);
    int[] last = Arrays.copyOfRange(order, right - VECTORS, right);
    int[] ends = {left, right};
    left += VECTORS;
    right -= VECTORS;
    while (left < right) {
      int[] taken;
      if (ends[1] - right < left - ends[0]) {
        right -= VECTORS;
        taken = Arrays.copyOfRange(order, right, right + VECTORS);
      } else {
        taken = Arrays.copyOfRange(order, left, left + VECTORS);
        left += VECTORS;
      }
      distribute(taken, pivot, ends);
    }
    distribute(first, pivot, ends);
    distribute(last, pivot, ends);
    return ends[0];
  }

  /** Writes indices to the left or the right end of what is free, a vector at a time. */
  private void distribute(int[] taken, double pivot, int[] ends) {
    for (int vector = 0; vector < VECTORS; vector += LANES) {
      int above = 0;
      for (int i = vector; i < vector + LANES; i++) {
        above += values[taken[i]] < pivot ? 0 : 1;
      }
      ends[1] -= above;
      int right = ends[1];
      for (int i = vector; i < vector + LANES; i++) {
        if (values[taken[i]] < pivot) {
          order[ends[0]++] = taken[i];
        } else {
          order[right++] = taken[i];
        }
      }
    }
  }

  /** Batcher's bitonic network, filled up with infinity; equal values are not exchanged. */
  private void network(int from, int to) {
    int size = Math.max(LANES, Integer.highestOneBit(Math.max(1, to - from - 1)) << 1);
    double[] keys = new double[size];
    int[] indices = new int[size];
    Arrays.fill(keys, Double.POSITIVE_INFINITY);
    for (int i = from; i < to; i++) {
      keys[i - from] = values[order[i]];
      indices[i - from] = order[i];
    }
    for (int block = 2; block <= size; block *= 2) {
      for (int start = 0; start < size; start += block) {
        for (int i = 0; i < block / 2; i++) {
          exchange(keys, indices, start + i, start + block - 1 - i);
        }
      }
      for (int stride = block / 4; stride > 0; stride /= 2) {
        for (int start = 0; start < size; start += 2 * stride) {
          for (int i = start; i < start + stride; i++) {
            exchange(keys, indices, i, i + stride);
          }
        }
      }
    }
    System.arraycopy(indices, 0, order, from, to - from);
  }

  private static void exchange(double[] keys, int[] indices, int low, int high) {
    double key = keys[low];
    if (keys[high] < key) {
      keys[low] = keys[high];
      keys[high] = key;
      int index = indices[low];
      indices[low] = indices[high];
      indices[high] = index;
    }
  }
}
