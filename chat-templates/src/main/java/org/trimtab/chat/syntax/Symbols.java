package org.trimtab.chat.syntax;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a block has been seen to read and write. Follows jinja2/idtracking.py. */
final class Symbols {
  private final @Nullable Symbols outer;
  private final Set<String> known = new HashSet<>();
  private final Set<String> stored = new HashSet<>();
  private final Set<String> missing = new HashSet<>();

  Symbols(@Nullable Symbols outer) {
    this.outer = outer;
  }

  Symbols copy() {
    Symbols copy = new Symbols(outer);
    copy.known.addAll(known);
    copy.stored.addAll(stored);
    copy.missing.addAll(missing);
    return copy;
  }

  /** The names that start without a value. */
  Set<String> missing() {
    return missing;
  }

  void declare(String name) {
    known.add(name);
    stored.add(name);
  }

  void declare(Target target) {
    if (target instanceof Target.Variable variable) {
      declare(variable.name());
    } else if (target instanceof Target.Several several) {
      several.targets().forEach(this::declare);
    }
  }

  void load(Expression expression) {
    if (expression instanceof Expression.Name name) {
      load(name.name());
    }
    Children.of(expression).forEach(this::load);
  }

  private void load(String name) {
    if (!isKnown(name)) {
      known.add(name);
    }
  }

  void store(Target target) {
    if (target instanceof Target.Variable variable) {
      store(variable.name());
    } else if (target instanceof Target.Attribute attribute) {
      load(attribute.namespace());
    } else if (target instanceof Target.Several several) {
      several.targets().forEach(this::store);
    }
  }

  void store(String name) {
    stored.add(name);
    if (known.add(name) && (outer == null || !outer.isKnown(name))) {
      missing.add(name);
    }
  }

  /** Adds what the branches of a condition do: what they store keeps its value from outside. */
  void merge(List<Symbols> branches) {
    Set<String> conditional = new HashSet<>();
    branches.forEach(branch -> conditional.addAll(branch.stored));
    conditional.removeAll(stored);
    for (Symbols branch : branches) {
      known.addAll(branch.known);
      stored.addAll(branch.stored);
      missing.addAll(branch.missing);
    }
    missing.removeAll(conditional);
  }

  private boolean isKnown(String name) {
    return known.contains(name) || (outer != null && outer.isKnown(name));
  }
}
