package org.trimtab.spec;

/**
 * A metric as its evaluator declares it.
 *
 * @param name its name behind the evaluation's prefix: mc1, perplexity, ...
 * @param meaning what it says, in one sentence
 * @param aggregation how it follows from items
 * @param scale how it is shown
 * @param direction which values are better
 * @param main whether tables show and compare it unless a spec names other columns
 */
public record Metric(
    String name,
    String meaning,
    Aggregation aggregation,
    Scale scale,
    Direction direction,
    boolean main) {

  /** How a metric follows from the items of an evaluation. */
  public enum Aggregation {
    /** The mean of the item score of its name, so that rows are compared item by item. */
    MEAN,
    /**
     * exp of the negative log-likelihood of all tokens over their number, both of which are details
     * of items ({@link ItemRoles}); merged over folds by the mean of its logarithm.
     */
    PERPLEXITY,
    /** Computed by the evaluator; merged over folds by the mean, weighted by items. */
    CUSTOM
  }

  /** How values are shown. */
  public enum Scale {
    /** Item scores and metric lie between 0 and 1; shown in percent. */
    SHARE,
    /** A number without a unit. */
    NUMBER,
    /** A logarithm to base e, such as a divergence. */
    NATS
  }

  /** Which values are better. */
  public enum Direction {
    /** Higher ones. */
    HIGHER,
    /** Lower ones. */
    LOWER,
    /** Neither: a count, a chance level. */
    NEITHER
  }

  /** The mean of the item score of its name. */
  public static Metric mean(String name, Scale scale, Direction direction, String meaning) {
    return new Metric(name, meaning, Aggregation.MEAN, scale, direction, false);
  }

  /** A perplexity: lower is better. */
  public static Metric perplexity(String name, String meaning) {
    return new Metric(name, meaning, Aggregation.PERPLEXITY, Scale.NUMBER, Direction.LOWER, false);
  }

  /** A metric that the evaluator computes. */
  public static Metric custom(String name, Scale scale, Direction direction, String meaning) {
    return new Metric(name, meaning, Aggregation.CUSTOM, scale, direction, false);
  }

  /** The same as a main metric. */
  public Metric asMain() {
    return new Metric(name, meaning, aggregation, scale, direction, true);
  }
}
