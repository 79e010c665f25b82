package org.trimtab.chat.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.syntax.Token.Kind;

/** Parses expressions by recursive descent, one method for each level of precedence. */
final class ExpressionParser {
  private final TokenStream stream;
  private final NameUses names;
  private final PrimaryParser primaries;

  ExpressionParser(TokenStream stream, NameUses names, Dialect dialect) {
    this.stream = stream;
    this.names = names;
    this.primaries = new PrimaryParser(stream, names, dialect, this);
  }

  PrimaryParser primaries() {
    return primaries;
  }

  /** An expression. */
  Expression parse() {
    stream.enter();
    int mark = names.unknownSoFar();
    int line = stream.current().line();
    Expression result = or();
    while (stream.skipName("if")) {
      Expression test = or();
      @Nullable Expression otherwise = stream.skipName("else") ? parse() : null;
      result = new Expression.Conditional(test, result, otherwise, line);
      names.forgive(mark);
    }
    stream.leave();
    return result;
  }

  /** An expression that is no conditional one, so that an {@code if} may follow it. */
  Expression or() {
    Expression left = and();
    while (stream.skipName("or")) {
      left = new Expression.Or(left, and(), left.line());
    }
    return left;
  }

  /** An expression, or several with commas between them, which make a tuple. */
  Expression tuple(boolean conditional, boolean parenthesized, @Nullable String end) {
    int line = stream.current().line();
    Supplier<Expression> element = conditional ? this::parse : this::or;
    List<Expression> items = new ArrayList<>();
    boolean comma = false;
    while (!isTupleEnd(end)) {
      items.add(element.get());
      if (!stream.isOperator(",")) {
        break;
      }
      comma = true;
      stream.next();
    }
    if (comma || (items.isEmpty() && parenthesized)) {
      return new Expression.TupleOf(List.copyOf(items), line);
    }
    if (items.isEmpty()) {
      throw stream.fail("Expected an expression, got '" + stream.current().describe() + "'");
    }
    return items.get(0);
  }

  private boolean isTupleEnd(@Nullable String end) {
    return stream.is(Kind.VARIABLE_END)
        || stream.is(Kind.BLOCK_END)
        || stream.isOperator(")")
        || (end != null && stream.isName(end));
  }

  private Expression and() {
    Expression left = not();
    while (stream.skipName("and")) {
      left = new Expression.And(left, not(), left.line());
    }
    return left;
  }

  private Expression not() {
    if (!stream.isName("not")) {
      return comparison();
    }
    stream.enter();
    int line = stream.next().line();
    Expression result = new Expression.Not(not(), line);
    stream.leave();
    return result;
  }

  private Expression comparison() {
    Expression first = sum();
    List<Expression.Operand> rest = new ArrayList<>();
    for (String operator = comparator(); operator != null; operator = comparator()) {
      rest.add(new Expression.Operand(operator, sum()));
    }
    return rest.isEmpty()
        ? first
        : new Expression.Comparison(first, List.copyOf(rest), first.line());
  }

  private @Nullable String comparator() {
    Token token = stream.current();
    if (token.kind() == Kind.OPERATOR
        && List.of("==", "!=", "<", "<=", ">", ">=").contains(token.text())) {
      return stream.next().text();
    }
    if (stream.skipName("in")) {
      return "in";
    }
    if (stream.isName("not") && stream.look().isName("in")) {
      stream.next();
      stream.next();
      return "not in";
    }
    return null;
  }

  private Expression sum() {
    return binary(this::concatenation, List.of("+", "-"));
  }

  private Expression concatenation() {
    List<Expression> parts = new ArrayList<>(List.of(product()));
    while (stream.skipOperator("~")) {
      parts.add(product());
    }
    return parts.size() == 1
        ? parts.get(0)
        : new Expression.Concatenation(List.copyOf(parts), parts.get(0).line());
  }

  private Expression product() {
    return binary(this::power, List.of("*", "/", "//", "%"));
  }

  private Expression power() {
    return binary(() -> primaries.unary(true), List.of("**"));
  }

  private Expression binary(Supplier<Expression> operand, List<String> operators) {
    Expression left = operand.get();
    while (stream.is(Kind.OPERATOR) && operators.contains(stream.current().text())) {
      String operator = stream.next().text();
      left = new Expression.Binary(operator, left, operand.get(), left.line());
    }
    return left;
  }
}
