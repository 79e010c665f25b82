package org.trimtab.evaluate;

import org.trimtab.plan.EvaluationSettings;
import org.trimtab.spec.Measurement;

/**
 * An evaluator that is part of the program.
 *
 * @param <S> the record of its settings
 */
public abstract class BuiltInEvaluator<S extends Record & EvaluationSettings>
    implements Evaluator<S> {
  private final String name;
  private final int version;
  private final String metricPrefix;
  private final Class<S> settings;
  private final Measurement measurement;

  /** Declares an evaluator; the parameters are those of {@link Evaluator}. */
  protected BuiltInEvaluator(
      String name, int version, String metricPrefix, Class<S> settings, Measurement measurement) {
    this.name = name;
    this.version = version;
    this.metricPrefix = metricPrefix;
    this.settings = settings;
    this.measurement = measurement;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int version() {
    return version;
  }

  @Override
  public final String metricPrefix() {
    return metricPrefix;
  }

  @Override
  public final Class<S> settings() {
    return settings;
  }

  @Override
  public final Measurement measurement() {
    return measurement;
  }
}
