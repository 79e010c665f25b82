package org.trimtab.report;

/**
 * A metric of a table.
 *
 * @param name prefix/name
 * @param share whether all its item scores lie between 0 and 1, so that it is shown in percent
 * @param compared whether it is the mean of item scores, so that rows can be compared item by item
 * @param main whether it belongs to the table's main columns
 */
public record TableMetric(String name, boolean share, boolean compared, boolean main) {
  /** Whether it is a perplexity, merged over folds by the mean of its logarithm. */
  public boolean perplexity() {
    return name.endsWith("perplexity");
  }

  /** The evaluation's part of the name. */
  public String prefix() {
    return name.substring(0, name.lastIndexOf('/'));
  }

  /** The name without its prefix. */
  public String shortName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Whether less of it is better: perplexities, divergences, losses and ranks. */
  public boolean lessIsBetter() {
    return perplexity() || shortName().matches("(kl|nll|loss|rank)([_-].*)?");
  }
}
