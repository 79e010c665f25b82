package org.trimtab.chat.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a template that is executed in order. */
public sealed interface Statement {
  /** Text that is printed as it is. */
  record Data(String text) implements Statement {}

  /** {@code {{ value }}}. */
  record Print(Expression value) implements Statement {}

  /** {@code {% if %}} with its {@code elif} and {@code else}. */
  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

  /** A condition and what runs where it holds. */
  record Branch(Expression test, List<Statement> body) {}

  /** {@code {% for target in items if condition recursive %}} with its {@code else}. */
  record For(
      Target target,
      Expression items,
      @Nullable Expression condition,
      List<Statement> body,
      List<Statement> otherwise,
      boolean recursive,
      int line)
      implements Statement {}

  /** {@code {% set target = value %}}. */
  record Set(Target target, Expression value, int line) implements Statement {}

  /** {@code {% set target %}body{% endset %}}. */
  record SetBlock(Target target, Expression.@Nullable Filter filter, List<Statement> body, int line)
      implements Statement {}

  /** {@code {% macro name(parameters) %}}. */
  record DefineMacro(String name, Macro macro) implements Statement {}

  /** {@code {% call(parameters) callee(arguments) %}body{% endcall %}}. */
  record CallBlock(Expression.Call call, Macro body) implements Statement {}

  /** {@code {% filter name %}body{% endfilter %}}. */
  record FilterBlock(Expression.Filter filter, List<Statement> body) implements Statement {}

  /** {@code {% with target = value %}body{% endwith %}}. */
  record With(List<Set> assignments, List<Statement> body) implements Statement {}

  /** {@code {% generation %}body{% endgeneration %}}: a scope of its own, printed as it is. */
  record Generation(List<Statement> body) implements Statement {}

  /** {@code {% break %}}. */
  record Break() implements Statement {}

  /** {@code {% continue %}}. */
  record Continue() implements Statement {}

  /**
   * A macro, or the body of a call block.
   *
   * @param parameters what it takes
   * @param body what it prints
   * @param takesVarargs whether it uses {@code varargs}, and so takes any positional arguments
   * @param takesKwargs whether it uses {@code kwargs}, and so takes any named arguments
   * @param takesCaller whether it uses {@code caller}
   */
  record Macro(
      List<Parameter> parameters,
      List<Statement> body,
      boolean takesVarargs,
      boolean takesKwargs,
      boolean takesCaller) {}

  /** A parameter of a macro. */
  record Parameter(String name, @Nullable Expression otherwise) {}
}
