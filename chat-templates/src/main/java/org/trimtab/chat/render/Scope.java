package org.trimtab.chat.render;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;

/** Variables of a block, and the scope that the block is in. */
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Value> variables = new HashMap<>();

  private Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /** The scope of what the caller gives to the template. */
  static Scope of(Map<String, Value> variables) {
    Scope scope = new Scope(null);
    scope.variables.putAll(variables);
    return scope;
  }

  /**
   * A scope within this one.
   *
   * @param missing the names that have no value in it until they are assigned, even where a scope
   *     around it has one
   */
  Scope inner(Set<String> missing) {
    Scope scope = new Scope(this);
    missing.forEach(name -> scope.variables.put(name, Undefined.variable(name)));
    return scope;
  }

  void set(String name, Value value) {
    variables.put(name, value);
  }

  Value get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Value value = scope.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    return Undefined.variable(name);
  }
}
