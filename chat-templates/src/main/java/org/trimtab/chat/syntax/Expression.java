package org.trimtab.chat.syntax;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Value;

/** An expression of a template. */
public sealed interface Expression {
  /** The line that it starts on, counted from 1. */
  int line();

  /** A literal. */
  record Constant(Value value, int line) implements Expression {}

  /** A variable. */
  record Name(String name, int line) implements Expression {}

  /** {@code [a, b]}. */
  record ListOf(List<Expression> items, int line) implements Expression {}

  /** {@code (a, b)}. */
  record TupleOf(List<Expression> items, int line) implements Expression {}

  /** {@code {a: b}}. */
  record DictOf(List<Pair> pairs, int line) implements Expression {}

  /** {@code owner.name}. */
  record Attribute(Expression owner, String name, int line) implements Expression {}

  /** {@code owner[key]}. */
  record Item(Expression owner, Expression key, int line) implements Expression {}

  /** {@code owner[start:stop:step]}. */
  record Slice(
      Expression owner,
      @Nullable Expression start,
      @Nullable Expression stop,
      @Nullable Expression step,
      int line)
      implements Expression {}

  /** {@code callee(arguments)}. */
  record Call(Expression callee, Actual arguments, int line) implements Expression {}

  /** {@code input | name(arguments)}; without input, the content of the block that it ends. */
  record Filter(@Nullable Expression input, String name, Actual arguments, int line)
      implements Expression {}

  /** {@code input is name(arguments)}. */
  record Test(Expression input, String name, Actual arguments, int line) implements Expression {}

  /** {@code not operand}. */
  record Not(Expression operand, int line) implements Expression {}

  /** {@code -operand} or {@code +operand}. */
  record Sign(String operator, Expression operand, int line) implements Expression {}

  /** Arithmetic. */
  record Binary(String operator, Expression left, Expression right, int line)
      implements Expression {}

  /** {@code a ~ b}. */
  record Concatenation(List<Expression> parts, int line) implements Expression {}

  /** {@code a < b <= c}. */
  record Comparison(Expression first, List<Operand> rest, int line) implements Expression {}

  /** {@code left and right}. */
  record And(Expression left, Expression right, int line) implements Expression {}

  /** {@code left or right}. */
  record Or(Expression left, Expression right, int line) implements Expression {}

  /** {@code then if test else otherwise}. */
  record Conditional(Expression test, Expression then, @Nullable Expression otherwise, int line)
      implements Expression {}

  /** An entry of a dict literal. */
  record Pair(Expression key, Expression value) {}

  /**
   * An operator of a comparison ({@code ==}, {@code in}, {@code not in}, ...) and its right side.
   */
  record Operand(String operator, Expression right) {}

  /** The arguments of a call, a filter or a test. */
  record Actual(
      List<Expression> positional,
      Map<String, Expression> named,
      @Nullable Expression spread,
      @Nullable Expression namedSpread) {
    /** No arguments. */
    public static final Actual NONE = new Actual(List.of(), Map.of(), null, null);
  }
}
