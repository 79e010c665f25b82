package org.trimtab.method;

import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.MethodKind;

/**
 * A method that is part of the program.
 *
 * @param <S> the record of its settings
 */
public abstract class BuiltInMethod<S extends Record & MethodSettings> implements Method<S> {
  private final String name;
  private final int version;
  private final MethodKind kind;
  private final Class<S> settings;

  /** Declares a method; the parameters are those of {@link Method}. */
  protected BuiltInMethod(String name, int version, MethodKind kind, Class<S> settings) {
    this.name = name;
    this.version = version;
    this.kind = kind;
    this.settings = settings;
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
  public final MethodKind kind() {
    return kind;
  }

  @Override
  public final Class<S> settings() {
    return settings;
  }
}
