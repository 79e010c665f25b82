package org.trimtab.export;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.trimtab.UserException;
import org.trimtab.model.weights.StorageType;

/** What rounding to a narrower type does to edited tensors, against the size of the edit. */
final class Rounding {
  private final Set<StorageType> types = new TreeSet<>();
  private double errors;
  private double edits;
  private double largest;

  /**
   * Counts a tensor.
   *
   * @throws UserException when a value is beyond the type's range
   */
  void add(float[] before, float[] after, StorageType type) {
    types.add(type);
    for (int i = 0; i < after.length; i++) {
      float rounded = type.rounded(after[i]);
      if (!Float.isFinite(rounded)) {
        throw new UserException(
            "an edited weight of " + after[i] + " is beyond the range of " + type + "; use f32");
      }
      double error = (double) rounded - after[i];
      double edit = (double) after[i] - before[i];
      errors += error * error;
      edits += edit * edit;
      largest = Math.max(largest, Math.abs(error));
    }
  }

  /** Whether every tensor was written in full precision. */
  boolean exact() {
    return types.stream().allMatch(type -> type == StorageType.F32);
  }

  /** The norm of all rounding errors over the norm of the edit. */
  double share() {
    return edits == 0 ? 0 : Math.sqrt(errors / edits);
  }

  /** One sentence. */
  String text() {
    return exact()
        ? "What was changed is written in F32, as it was computed."
        : String.format(
            Locale.ROOT,
            "Rounding edited tensors to %s loses %.2f %% of the edit (norm of the errors over norm of"
                + " the edit; largest error %.2g).",
            String.join(", ", types.stream().map(StorageType::name).toList()),
            100 * share(),
            largest);
  }
}
