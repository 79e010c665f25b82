package org.trimtab.report.figure;

import org.trimtab.report.TableMaker;

/** Makes figures of results. */
public final class Figures {
  private Figures() {}

  /**
   * What a figure shows.
   *
   * @throws NoDataException when the results hold nothing to draw, with the reason
   */
  public static FigureData data(TableMaker maker, FigureOptions options) throws NoDataException {
    FigureRows rows = FigureRows.of(maker, options);
    return switch (options.kind()) {
      case DOSE_RESPONSE -> DoseResponse.of(rows, options);
      case LAYER_PROFILE -> LayerProfile.of(rows, options);
      case TRADE_OFF -> TradeOff.of(rows, options);
      case REGULARISATION_PATH -> RegularisationPath.of(maker, rows, options);
      case HEAD_NORMS -> HeadNorms.of(maker, rows, options);
    };
  }
}
