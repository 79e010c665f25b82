package org.trimtab.spec;

import java.util.List;
import java.util.Set;

/**
 * The names that a spec may use. A spec is read before any data is looked at, and tests, the schema
 * and programs read specs of their own methods and evaluators.
 *
 * @param methods all methods, in the order in which messages list them
 * @param evaluators all evaluators, in the same order; without any, a spec may evaluate nothing
 * @param datasets the names of all data sets; empty when any name is taken
 */
public record Registry(
    List<? extends MethodDeclaration> methods,
    List<? extends EvaluatorDeclaration> evaluators,
    Set<String> datasets) {
  /** Copies the lists. */
  public Registry {
    methods = List.copyOf(methods);
    evaluators = List.copyOf(evaluators);
  }
}
