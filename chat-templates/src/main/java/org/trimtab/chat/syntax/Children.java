package org.trimtab.chat.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The expressions that an expression is made of. */
final class Children {
  private Children() {}

  static List<Expression> of(Expression expression) {
    if (expression instanceof Expression.Attribute attribute) {
      return List.of(attribute.owner());
    }
    if (expression instanceof Expression.Item item) {
      return List.of(item.owner(), item.key());
    }
    if (expression instanceof Expression.Slice slice) {
      return present(slice.owner(), slice.start(), slice.stop(), slice.step());
    }
    if (expression instanceof Expression.Binary binary) {
      return List.of(binary.left(), binary.right());
    }
    if (expression instanceof Expression.And and) {
      return List.of(and.left(), and.right());
    }
    if (expression instanceof Expression.Or or) {
      return List.of(or.left(), or.right());
    }
    if (expression instanceof Expression.Not not) {
      return List.of(not.operand());
    }
    if (expression instanceof Expression.Sign sign) {
      return List.of(sign.operand());
    }
    if (expression instanceof Expression.Conditional conditional) {
      return present(conditional.test(), conditional.then(), conditional.otherwise());
    }
    if (expression instanceof Expression.Call call) {
      return with(call.callee(), call.arguments());
    }
    if (expression instanceof Expression.Filter filter) {
      return with(filter.input(), filter.arguments());
    }
    if (expression instanceof Expression.Test test) {
      return with(test.input(), test.arguments());
    }
    return ofCollection(expression);
  }

  private static List<Expression> ofCollection(Expression expression) {
    if (expression instanceof Expression.ListOf list) {
      return list.items();
    }
    if (expression instanceof Expression.TupleOf tuple) {
      return tuple.items();
    }
    if (expression instanceof Expression.Concatenation concatenation) {
      return concatenation.parts();
    }
    List<Expression> children = new ArrayList<>();
    if (expression instanceof Expression.DictOf dict) {
      for (Expression.Pair pair : dict.pairs()) {
        children.add(pair.key());
        children.add(pair.value());
      }
    }
    if (expression instanceof Expression.Comparison comparison) {
      children.add(comparison.first());
      comparison.rest().forEach(operand -> children.add(operand.right()));
    }
    return children;
  }

  private static List<Expression> with(@Nullable Expression first, Expression.Actual actual) {
    List<Expression> children = new ArrayList<>(present(first));
    children.addAll(actual.positional());
    children.addAll(actual.named().values());
    children.addAll(present(actual.spread(), actual.namedSpread()));
    return children;
  }

  private static List<Expression> present(@Nullable Expression... expressions) {
    return Arrays.stream(expressions).filter(Objects::nonNull).toList();
  }
}
