package org.trimtab.chat.render;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.syntax.Expression;
import org.trimtab.chat.syntax.TemplateFailure;
import org.trimtab.chat.text.PrintfFormat;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Arithmetic;
import org.trimtab.chat.value.Bool;
import org.trimtab.chat.value.Callable;
import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.Equality;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.ListValue;
import org.trimtab.chat.value.Ordering;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.TupleValue;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** Computes the values of expressions. */
final class Evaluator {
  private final Budget budget;

  Evaluator(Budget budget) {
    this.budget = budget;
  }

  /**
   * Computes a value.
   *
   * @throws TemplateFailure where Jinja raises an exception, or a feature is missing
   */
  Value evaluate(Expression expression, Scope scope) {
    try {
      budget.enter();
      Value value = compute(expression, scope);
      budget.leave();
      return value;
    } catch (Failure failure) {
      throw TemplateFailure.of(expression.line(), failure);
    }
  }

  /** Computes a value for an operation whose work grows with the value's size. */
  private Value used(Expression expression, Scope scope) {
    return budget.used(evaluate(expression, scope));
  }

  boolean isTrue(Expression expression, Scope scope) {
    return Values.isTrue(evaluate(expression, scope));
  }

  private Value compute(Expression expression, Scope scope) {
    if (expression instanceof Expression.Constant constant) {
      return constant.value();
    }
    if (expression instanceof Expression.Name name) {
      return scope.get(name.name());
    }
    if (expression instanceof Expression.Attribute attribute) {
      return Attributes.attribute(used(attribute.owner(), scope), attribute.name());
    }
    if (expression instanceof Expression.Item item) {
      Value owner = used(item.owner(), scope);
      return Attributes.item(owner, evaluate(item.key(), scope));
    }
    if (expression instanceof Expression.Binary binary) {
      return binary(binary, scope);
    }
    if (expression instanceof Expression.Comparison comparison) {
      return Bool.of(holds(comparison, scope));
    }
    if (expression instanceof Expression.And and) {
      Value left = evaluate(and.left(), scope);
      return Values.isTrue(left) ? evaluate(and.right(), scope) : left;
    }
    if (expression instanceof Expression.Or or) {
      Value left = evaluate(or.left(), scope);
      return Values.isTrue(left) ? left : evaluate(or.right(), scope);
    }
    if (expression instanceof Expression.Not not) {
      return Bool.of(!isTrue(not.operand(), scope));
    }
    if (expression instanceof Expression.Filter filter && filter.input() != null) {
      return budget.used(filter(filter, used(filter.input(), scope), scope));
    }
    if (expression instanceof Expression.Test test) {
      Value input = used(test.input(), scope);
      return Bool.of(Tests.get(test.name()).holds(input, arguments(test.arguments(), scope)));
    }
    if (expression instanceof Expression.Call call) {
      Value callee = evaluate(call.callee(), scope);
      return budget.used(call(callee, arguments(call.arguments(), scope)));
    }
    return computeRest(expression, scope);
  }

  private Value computeRest(Expression expression, Scope scope) {
    if (expression instanceof Expression.Concatenation concatenation) {
      return concatenation(concatenation, scope);
    }
    if (expression instanceof Expression.Conditional conditional) {
      return conditional(conditional, scope);
    }
    if (expression instanceof Expression.Slice slice) {
      return Attributes.slice(
          used(slice.owner(), scope),
          optional(slice.start(), scope),
          optional(slice.stop(), scope),
          optional(slice.step(), scope));
    }
    if (expression instanceof Expression.Sign sign) {
      return Arithmetic.sign(sign.operator(), evaluate(sign.operand(), scope));
    }
    if (expression instanceof Expression.ListOf list) {
      return new ListValue(all(list.items(), scope));
    }
    if (expression instanceof Expression.TupleOf tuple) {
      return new TupleValue(all(tuple.items(), scope));
    }
    if (expression instanceof Expression.DictOf dict) {
      List<DictValue.Entry> entries = new ArrayList<>();
      for (Expression.Pair pair : dict.pairs()) {
        Value key = evaluate(pair.key(), scope);
        entries.add(new DictValue.Entry(key, evaluate(pair.value(), scope)));
      }
      return new DictValue(entries);
    }
    throw Failure.unsupported("a filter without input");
  }

  private @Nullable Value optional(@Nullable Expression expression, Scope scope) {
    return expression == null ? null : evaluate(expression, scope);
  }

  private List<Value> all(List<Expression> expressions, Scope scope) {
    List<Value> values = new ArrayList<>();
    expressions.forEach(expression -> values.add(evaluate(expression, scope)));
    return values;
  }

  private Value binary(Expression.Binary binary, Scope scope) {
    Value left = used(binary.left(), scope);
    Value right = used(binary.right(), scope);
    if (binary.operator().equals("%") && left instanceof Text format) {
      return Text.of(PrintfFormat.apply(format, right));
    }
    return Arithmetic.apply(binary.operator(), left, right);
  }

  private Value concatenation(Expression.Concatenation concatenation, Scope scope) {
    StringBuilder text = new StringBuilder();
    for (Expression part : concatenation.parts()) {
      String printed = Values.print(used(part, scope));
      Limits.text((long) text.length() + printed.length());
      text.append(printed);
    }
    return Text.of(text.toString());
  }

  private Value conditional(Expression.Conditional conditional, Scope scope) {
    if (isTrue(conditional.test(), scope)) {
      return evaluate(conditional.then(), scope);
    }
    if (conditional.otherwise() != null) {
      return evaluate(conditional.otherwise(), scope);
    }
    return Undefined.because(
        "the inline if-expression on line "
            + conditional.line()
            + " evaluated to false and no else section was defined.");
  }

  private boolean holds(Expression.Comparison comparison, Scope scope) {
    Value left = used(comparison.first(), scope);
    for (Expression.Operand operand : comparison.rest()) {
      Value right = used(operand.right(), scope);
      if (!holds(operand.operator(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private static boolean holds(String operator, Value left, Value right) {
    return switch (operator) {
      case "==" -> Equality.equal(left, right);
      case "!=" -> !Equality.equal(left, right);
      case "in" -> Values.contains(right, left);
      case "not in" -> !Values.contains(right, left);
      default -> Ordering.holds(operator, left, right);
    };
  }

  /** Applies a filter, or a chain of filters whose first has no input, to a value. */
  Value filter(Expression.Filter filter, Value input, Scope scope) {
    return Filters.get(filter.name()).apply(input, arguments(filter.arguments(), scope));
  }

  /** Applies the filters of a block to its content. */
  Value filterBlock(Expression.Filter filter, Value content, Scope scope) {
    try {
      Value input =
          filter.input() instanceof Expression.Filter first
              ? filterBlock(first, content, scope)
              : content;
      return budget.used(filter(filter, budget.used(input), scope));
    } catch (Failure failure) {
      throw TemplateFailure.of(filter.line(), failure);
    }
  }

  static Value call(Value callee, Arguments arguments) {
    if (callee instanceof Callable callable) {
      return callable.call(arguments);
    }
    if (callee instanceof Undefined undefined) {
      throw undefined.failure();
    }
    throw Failure.type("'" + callee.typeName() + "' object is not callable");
  }

  Arguments arguments(Expression.Actual actual, Scope scope) {
    List<Value> positional = all(actual.positional(), scope);
    Map<String, Value> named = new LinkedHashMap<>();
    actual.named().forEach((name, value) -> named.put(name, evaluate(value, scope)));
    if (actual.spread() != null) {
      Iterator<Value> more = Values.iterate(evaluate(actual.spread(), scope));
      more.forEachRemaining(positional::add);
    }
    if (actual.namedSpread() != null) {
      addNamed(named, evaluate(actual.namedSpread(), scope));
    }
    return new Arguments(positional, named);
  }

  private static void addNamed(Map<String, Value> named, Value more) {
    if (!(more instanceof DictValue dict)) {
      throw Failure.type("argument after ** must be a mapping, not " + more.typeName());
    }
    for (DictValue.Entry entry : dict.entries()) {
      if (!(entry.key() instanceof Text name)) {
        throw Failure.type("keywords must be strings");
      }
      if (named.put(name.value(), entry.value()) != null) {
        throw Failure.type("got multiple values for keyword argument '" + name.value() + "'");
      }
    }
  }
}
