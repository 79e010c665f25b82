package org.trimtab.spec;

/**
 * What a figure of a report shows. Each kind is drawn by the class of its name in {@code
 * org.trimtab.report.figure}: DOSE_RESPONSE by {@code DoseResponse}.
 */
public enum FigureKind {
  /** A metric over a numeric setting, one line for every other combination of settings. */
  DOSE_RESPONSE,
  /** A metric over ranges of layers, at one value of the numeric setting. */
  LAYER_PROFILE,
  /** The gain in one metric against another that is a cost, with the Pareto front. */
  TRADE_OFF,
  /** Heads alive, losses and the metric over a penalty, with what was chosen. */
  REGULARISATION_PATH,
  /** The lengths of the heads' parts of learned vectors over layers, as a heat map. */
  HEAD_NORMS;

  /** The spelling in specs and file names: {@code dose-response}. */
  public String text() {
    return Spelling.kebab(name());
  }
}
