package org.trimtab.model.weights;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Suggests names for a misspelt one. */
final class NearestNames {
  private static final int SHOWN = 3;

  private NearestNames() {}

  /** The nearest names by edit distance, quoted and joined; "none" for an empty collection. */
  static String to(String wanted, Collection<String> names) {
    record Candidate(String name, int distance) {}
    List<Candidate> candidates =
        names.stream().map(name -> new Candidate(name, distance(wanted, name))).toList();
    if (candidates.isEmpty()) {
      return "none";
    }
    return candidates.stream()
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(SHOWN)
        .map(candidate -> "'" + candidate.name() + "'")
        .collect(Collectors.joining(", "));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
