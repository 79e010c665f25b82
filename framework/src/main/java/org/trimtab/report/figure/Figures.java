package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.trimtab.report.TableMaker;
import org.trimtab.spec.FigureKind;

/** Makes figures of results. */
public final class Figures {
  private Figures() {}

  /**
   * The content of a figure; evaluations with the metric are drawn below each other.
   *
   * @throws NoDataException when the results hold nothing to draw, with the reason
   */
  public static FigureData data(TableMaker maker, FigureOptions options) throws NoDataException {
    List<FigureData> parts = new ArrayList<>();
    List<String> without = new ArrayList<>();
    Set<String> reasons = new LinkedHashSet<>();
    Set<Set<String>> fits = new HashSet<>();
    for (FigureRows rows : FigureRows.of(maker, options)) {
      if (options.kind() == FigureKind.HEAD_NORMS && !fits.add(rows.cells())) {
        continue; // the same vectors, scored once more
      }
      try {
        parts.add(part(maker, rows, options));
      } catch (NoDataException e) {
        String reason = String.valueOf(e.getMessage());
        reasons.add(reason);
        without.add(rows.inPart(reason));
      }
    }
    if (parts.isEmpty()) {
      throw new NoDataException(String.join("; ", reasons.size() == 1 ? reasons : without));
    }
    return FigureData.below(parts).noting(without);
  }

  private static FigureData part(TableMaker maker, FigureRows rows, FigureOptions options)
      throws NoDataException {
    return switch (options.kind()) {
      case DOSE_RESPONSE -> DoseResponse.of(rows, options);
      case LAYER_PROFILE -> LayerProfile.of(rows, options);
      case TRADE_OFF -> TradeOff.of(rows, options);
      case REGULARISATION_PATH -> RegularisationPath.of(maker, rows, options);
      case HEAD_NORMS -> HeadNorms.of(maker, rows, options);
    };
  }
}
