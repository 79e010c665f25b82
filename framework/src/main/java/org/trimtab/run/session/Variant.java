package org.trimtab.run.session;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.trimtab.io.Hashes;

/**
 * What distinguishes the folder of a run with {@code --limit} or {@code --set} from that of the
 * spec as it stands: {@code tqa@limit=6,seed=1}.
 */
public final class Variant {
  private static final char SIGN = '@';
  private static final int LONGEST = 60;

  private Variant() {}

  /**
   * The text after a spec's name; empty when nothing is changed. Values that no file name can hold,
   * and long ones, are cut and told apart by a hash. With {@code --set name=...} the user names the
   * folder, and other values add nothing.
   */
  static String of(List<String> overrides, OptionalInt limit) {
    List<String> parts = new ArrayList<>();
    limit.ifPresent(items -> parts.add("limit=" + items));
    if (overrides.stream().noneMatch(override -> override.startsWith("name="))) {
      parts.addAll(overrides);
    }
    if (parts.isEmpty()) {
      return "";
    }
    String whole = String.join(",", parts);
    String safe = whole.replaceAll("[^A-Za-z0-9._=,+-]", "-");
    if (!safe.equals(whole) || safe.length() > LONGEST || safe.endsWith(".")) {
      String kept = safe.substring(0, Math.min(safe.length(), LONGEST - 9));
      safe = kept + "~" + Hashes.text(whole).substring(0, 8);
    }
    return SIGN + safe;
  }

  /** The spec's name in a folder's name. */
  public static String base(String name) {
    int sign = name.indexOf(SIGN);
    return sign < 0 ? name : name.substring(0, sign);
  }

  /** The variant in a folder's name. */
  static String in(String name) {
    int sign = name.indexOf(SIGN);
    return sign < 0 ? "" : name.substring(sign);
  }
}
