package org.trimtab.model.weights;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.trimtab.io.EditDistance;

/** Suggests names for a misspelt one. */
final class NearestNames {
  private static final int SHOWN = 3;

  private NearestNames() {}

  /** The nearest names by edit distance, quoted and joined; "none" for an empty collection. */
  static String to(String wanted, Collection<String> names) {
    record Candidate(String name, int distance) {}
    List<Candidate> candidates =
        names.stream()
            .map(name -> new Candidate(name, EditDistance.between(wanted, name)))
            .toList();
    if (candidates.isEmpty()) {
      return "none";
    }
    return candidates.stream()
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(SHOWN)
        .map(candidate -> "'" + candidate.name() + "'")
        .collect(Collectors.joining(", "));
  }
}
