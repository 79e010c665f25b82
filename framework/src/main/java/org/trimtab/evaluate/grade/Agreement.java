package org.trimtab.evaluate.grade;

import java.util.List;

/**
 * The agreement of two lists of grades.
 *
 * @param items the number of answers
 * @param share the share of answers with the same grade
 * @param kappa Cohen's kappa, unweighted: (observed - expected) / (1 - expected) agreement (Cohen,
 *     "A coefficient of agreement for nominal scales", 1960); NaN if both lists hold only one and
 *     the same grade
 */
public record Agreement(int items, double share, double kappa) {
  /** The agreement of two lists of one length, at least 1. */
  public static Agreement of(List<Grade> first, List<Grade> second) {
    if (first.size() != second.size() || first.isEmpty()) {
      throw new IllegalArgumentException(first.size() + " and " + second.size() + " grades");
    }
    double items = first.size();
    double observed = 0;
    for (int i = 0; i < first.size(); i++) {
      observed += first.get(i) == second.get(i) ? 1 : 0;
    }
    double expected = 0;
    for (Grade grade : Grade.values()) {
      double ofFirst = first.stream().filter(each -> each == grade).count();
      double ofSecond = second.stream().filter(each -> each == grade).count();
      expected += ofFirst * ofSecond / items;
    }
    double kappa = expected == items ? Double.NaN : (observed - expected) / (items - expected);
    return new Agreement(first.size(), observed / items, kappa);
  }

  /** As text: {@code 27 of 30 the same (90.0 %), kappa 0.84}. */
  public String text() {
    String chance =
        Double.isNaN(kappa)
            ? "kappa undefined: both give one grade alone"
            : "Cohen's kappa %.3f".formatted(kappa);
    return "%d of %d the same (%.1f %%), %s"
        .formatted(Math.round(share * items), items, 100 * share, chance);
  }
}
