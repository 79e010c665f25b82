package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.report.TableMaker;
import org.trimtab.spec.Report;

/** Makes figures of results. */
public final class Figures {
  private Figures() {}

  /**
   * The content of a figure; evaluations with the metric are drawn below each other.
   *
   * @param metric the metric of a figure that names none; null for the first main one
   * @throws LeftOutException when the results hold nothing to draw, with the reason
   */
  public static FigureData data(TableMaker maker, Report.Figure options, @Nullable String metric)
      throws LeftOutException {
    List<FigureData> parts = new ArrayList<>();
    List<String> without = new ArrayList<>();
    Set<String> reasons = new LinkedHashSet<>();
    Set<Set<String>> fits = new HashSet<>();
    if (!(options.kind() instanceof Figure figure)) {
      throw new IllegalStateException(options.kind() + " is not a figure");
    }
    for (FigureRows rows : FigureRows.of(maker, options, metric)) {
      if (figure.ofFits() && !fits.add(rows.cells())) {
        continue; // the same vectors, scored once more
      }
      try {
        parts.add(figure.of(rows, options, maker));
      } catch (LeftOutException e) {
        String reason = String.valueOf(e.getMessage());
        reasons.add(reason);
        without.add(rows.inPart(reason));
      }
    }
    if (parts.isEmpty()) {
      throw new LeftOutException(String.join("; ", reasons.size() == 1 ? reasons : without));
    }
    return FigureData.below(parts).noting(without);
  }
}
