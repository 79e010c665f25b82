package org.trimtab.spec.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.trimtab.io.EditDistance;

/** The spelling of names in a spec, and suggestions for misspelt ones. */
public final class Spelling {
  private static final int LONGEST = 64;

  private Spelling() {}

  /** {@code hiddenState} as {@code hidden_state}. */
  public static String snake(String camel) {
    return camel.replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** {@code PER_LAYER} as {@code per-layer}. */
  public static String kebab(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code , did you mean 'x'?}, or {@code otherwise} if no name is near. */
  public static String suggestion(String word, Collection<String> known, String otherwise) {
    return nearest(word, known).map(near -> ", did you mean '" + near + "'?").orElse(otherwise);
  }

  /** The known word within a third of the word's length in edits, if there is one. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    int best = Math.max(1, word.length() / 3) + 1;
    String nearest = null;
    for (String candidate : known) {
      if (word.length() > LONGEST || candidate.length() > LONGEST) {
        continue;
      }
      int distance =
          EditDistance.between(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < best) {
        best = distance;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** A text in quotes, shortened, with control characters made visible. */
  public static String quoted(String text) {
    StringBuilder shown = new StringBuilder("'");
    String start = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    for (int i = 0; i < start.length(); i++) {
      char c = start.charAt(i);
      shown.append(
          Character.isISOControl(c) || Character.isSurrogate(c)
              ? "\\u" + String.format(Locale.ROOT, "%04x", (int) c)
              : Character.toString(c));
    }
    return shown.append('\'').toString();
  }
}
