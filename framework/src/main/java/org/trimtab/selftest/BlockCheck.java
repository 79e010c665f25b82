package org.trimtab.selftest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.trimtab.UserException;
import org.trimtab.model.weights.MappedWeights;
import org.trimtab.model.weights.Safetensors;
import org.trimtab.model.weights.StorageType;

/** Compares dequantised blocks with reference values, bit for bit. */
public final class BlockCheck {
  private static final String RAW = ".raw";
  private static final String VALUES = ".values";

  private BlockCheck() {}

  /**
   * Decodes every {@code TYPE.raw} (bytes) and compares it with {@code TYPE.values} (fp32).
   *
   * @return one finding per type
   * @throws UserException when the file holds no pair, an incomplete one, or an unknown type
   */
  public static List<Finding> run(Path file) {
    List<Finding> findings = new ArrayList<>();
    try (MappedWeights weights = Safetensors.open(file)) {
      for (String type : types(file, weights.names())) {
        findings.add(compare(file, type, weights));
      }
    }
    return findings;
  }

  private static Set<String> types(Path file, Set<String> names) {
    Set<String> types = new TreeSet<>();
    for (String name : names) {
      if (name.endsWith(RAW) || name.endsWith(VALUES)) {
        types.add(name.substring(0, name.lastIndexOf('.')));
      }
    }
    if (types.isEmpty()) {
      throw new UserException(
          file + ": holds no pair of tensors TYPE.raw and TYPE.values, such as Q4_0.raw");
    }
    return types;
  }

  private static Finding compare(Path file, String name, MappedWeights weights) {
    StorageType type =
        Arrays.stream(StorageType.values())
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserException(
                        "%s: type '%s' is not known; known are %s"
                            .formatted(file, name, Arrays.toString(StorageType.values()))));
    float[] found = type.decode(weights.bytes(name + RAW));
    float[] wanted = weights.floats(name + VALUES);
    int at = found.length == wanted.length ? mismatch(found, wanted) : 0;
    String note =
        found.length != wanted.length
            ? found.length + " values, expected " + wanted.length
            : at < 0 ? "" : "value " + at + " is " + found[at] + ", expected " + wanted[at];
    return Finding.equal(name, wanted.length + " values", note.isEmpty(), note);
  }

  private static int mismatch(float[] found, float[] wanted) {
    for (int i = 0; i < found.length; i++) {
      if (Float.floatToRawIntBits(found[i]) != Float.floatToRawIntBits(wanted[i])) {
        return i;
      }
    }
    return -1;
  }
}
