package org.trimtab.spec;

/** What a spec must know of a method; the methods themselves say it. */
public interface MethodDeclaration {
  /** Its name in specs. */
  String name();

  /** Raised whenever its results change; part of every cell's identity. */
  int version();

  /** What it is for. */
  MethodKind kind();

  /** The record of its settings. A control has those of the methods that it can be like. */
  Class<? extends Record> settings();

  /** Whether it is a control of methods such as another. */
  default boolean controls(MethodDeclaration other) {
    return other.kind() == MethodKind.TREATMENT && other.settings() == settings();
  }
}
