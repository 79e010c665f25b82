package org.trimtab.spec;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The methods, evaluators and data sets that a spec may name. */
public interface Registry {
  /** All methods, in the order in which messages list them. */
  List<MethodDeclaration> methods();

  /** All evaluators, in the order in which messages list them. */
  List<EvaluatorDeclaration> evaluators();

  /** The names of all data sets; empty when any name is taken. */
  Set<String> datasets();

  /** The method of a name. */
  default Optional<MethodDeclaration> method(String name) {
    return methods().stream().filter(method -> method.name().equals(name)).findFirst();
  }

  /** The evaluator of a name. */
  default Optional<EvaluatorDeclaration> evaluator(String name) {
    return evaluators().stream().filter(evaluator -> evaluator.name().equals(name)).findFirst();
  }

  /** A registry of fixed lists. */
  static Registry of(
      List<? extends MethodDeclaration> methods,
      List<? extends EvaluatorDeclaration> evaluators,
      Set<String> datasets) {
    record Fixed(
        List<MethodDeclaration> methods,
        List<EvaluatorDeclaration> evaluators,
        Set<String> datasets)
        implements Registry {}
    return new Fixed(List.copyOf(methods), List.copyOf(evaluators), datasets);
  }
}
