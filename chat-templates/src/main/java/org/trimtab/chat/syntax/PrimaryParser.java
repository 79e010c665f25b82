package org.trimtab.chat.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.syntax.Token.Kind;
import org.trimtab.chat.value.Bool;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.Real;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Value;

/** Parses literals and names, and what may follow them: attributes, elements, calls, filters. */
final class PrimaryParser {
  private final TokenStream stream;
  private final NameUses names;
  private final Dialect dialect;
  private final ExpressionParser expressions;
  private final ArgumentParser arguments;

  PrimaryParser(TokenStream stream, NameUses names, Dialect dialect, ExpressionParser expressions) {
    this.stream = stream;
    this.names = names;
    this.dialect = dialect;
    this.expressions = expressions;
    this.arguments = new ArgumentParser(stream, expressions);
  }

  Expression unary(boolean withFilters) {
    stream.enter();
    Token token = stream.current();
    Expression result;
    if (stream.skipOperator("-") || stream.skipOperator("+")) {
      result = new Expression.Sign(token.text(), unary(false), token.line());
    } else {
      result = primary();
    }
    result = postfix(result);
    if (withFilters) {
      result = filtered(result);
    }
    stream.leave();
    return result;
  }

  Expression primary() {
    Token token = stream.current();
    int line = token.line();
    return switch (token.kind()) {
      case NAME -> name(stream.next());
      case STRING -> string(line);
      case INTEGER, FLOAT -> new Expression.Constant(number(stream.next()), line);
      case OPERATOR -> bracketed(token);
      default -> throw stream.fail("unexpected '" + token.describe() + "'");
    };
  }

  private Expression string(int line) {
    StringBuilder text = new StringBuilder();
    while (stream.is(Kind.STRING)) {
      text.append(stream.next().text());
    }
    return new Expression.Constant(Text.of(text.toString()), line);
  }

  private Expression bracketed(Token token) {
    return switch (token.text()) {
      case "(" -> parenthesized();
      case "[" -> list(token);
      case "{" -> dict(token);
      default -> throw stream.fail("unexpected '" + token.describe() + "'");
    };
  }

  private Expression parenthesized() {
    stream.next();
    Expression inner = expressions.tuple(true, true, null);
    stream.expectOperator(")");
    return inner;
  }

  private Expression list(Token token) {
    stream.next();
    List<Expression> items = new ArrayList<>();
    while (!stream.isOperator("]")) {
      items.add(expressions.parse());
      if (!stream.isOperator("]")) {
        stream.expectOperator(",");
      }
    }
    stream.next();
    return new Expression.ListOf(List.copyOf(items), token.line());
  }

  private Expression dict(Token token) {
    stream.next();
    List<Expression.Pair> pairs = new ArrayList<>();
    while (!stream.isOperator("}")) {
      Expression key = expressions.parse();
      stream.expectOperator(":");
      pairs.add(new Expression.Pair(key, expressions.parse()));
      if (!stream.isOperator("}")) {
        stream.expectOperator(",");
      }
    }
    stream.next();
    return new Expression.DictOf(List.copyOf(pairs), token.line());
  }

  private Expression name(Token token) {
    @Nullable Value constant =
        switch (token.text()) {
          case "true", "True" -> Bool.TRUE;
          case "false", "False" -> Bool.FALSE;
          case "none", "None" -> None.NONE;
          default -> null;
        };
    if (constant != null) {
      return new Expression.Constant(constant, token.line());
    }
    names.loaded(token.text());
    return new Expression.Name(token.text(), token.line());
  }

  private static Value number(Token token) {
    String text = token.text();
    if (token.kind() == Kind.FLOAT) {
      return new Real(Double.parseDouble(text));
    }
    try {
      String prefix = text.length() > 2 ? text.substring(0, 2).toLowerCase(Locale.ROOT) : "";
      int radix =
          switch (prefix) {
            case "0b" -> 2;
            case "0o" -> 8;
            case "0x" -> 16;
            default -> 10;
          };
      return new Int(Long.parseLong(radix == 10 ? text : text.substring(2), radix));
    } catch (NumberFormatException tooLarge) {
      throw TemplateFailure.of(token.line(), Failure.unsupported("an integer beyond 64 bits"));
    }
  }

  /** Attributes, elements and calls after an expression. */
  Expression postfix(Expression start) {
    Expression result = start;
    while (true) {
      int line = stream.current().line();
      if (stream.skipOperator(".")) {
        result = attribute(result, line);
      } else if (stream.skipOperator("[")) {
        result = element(result, line);
      } else if (stream.isOperator("(")) {
        result = new Expression.Call(result, arguments.parse(), line);
      } else {
        return result;
      }
    }
  }

  private Expression attribute(Expression owner, int line) {
    Token token = stream.next();
    if (token.kind() == Kind.NAME) {
      return new Expression.Attribute(owner, token.text(), line);
    }
    if (token.kind() == Kind.INTEGER) {
      return new Expression.Item(owner, new Expression.Constant(number(token), line), line);
    }
    throw TemplateFailure.at(token.line(), "expected name or number");
  }

  private Expression element(Expression owner, int line) {
    if (stream.isOperator("]")) {
      stream.next();
      return new Expression.Item(owner, new Expression.TupleOf(List.of(), line), line);
    }
    @Nullable Expression start = stream.isOperator(":") ? null : expressions.parse();
    if (stream.skipOperator(":")) {
      @Nullable Expression stop = bound();
      @Nullable Expression step = stream.skipOperator(":") ? bound() : null;
      if (stream.isOperator(",")) {
        throw stream.unsupported("a slice inside a tuple");
      }
      stream.expectOperator("]");
      return new Expression.Slice(owner, start, stop, step, line);
    }
    if (start == null) {
      throw stream.fail("expected subscript expression");
    }
    if (stream.isOperator(",")) {
      throw stream.unsupported("a tuple without parentheses as a key");
    }
    stream.expectOperator("]");
    return new Expression.Item(owner, start, line);
  }

  private @Nullable Expression bound() {
    boolean absent = stream.isOperator(":") || stream.isOperator("]") || stream.isOperator(",");
    return absent ? null : expressions.parse();
  }

  private Expression filtered(Expression start) {
    Expression result = start;
    while (true) {
      if (stream.skipOperator("|")) {
        result = filter(result);
      } else if (stream.isName("is")) {
        result = test(result);
      } else if (stream.isOperator("(")) {
        int line = stream.current().line();
        result = new Expression.Call(result, arguments.parse(), line);
      } else {
        return result;
      }
    }
  }

  /** The filters of a block, the first of which has no input. */
  Expression.Filter blockFilter() {
    Expression.Filter result = filter(null);
    while (stream.skipOperator("|")) {
      result = filter(result);
    }
    return result;
  }

  private Expression.Filter filter(@Nullable Expression input) {
    int line = stream.current().line();
    String name = dottedName();
    if (!dialect.filters().contains(name)) {
      names.unknown("filter", name, line);
    }
    Expression.Actual actual = stream.isOperator("(") ? arguments.parse() : Expression.Actual.NONE;
    return new Expression.Filter(input, name, actual, line);
  }

  private Expression test(Expression input) {
    int line = stream.next().line();
    boolean negated = stream.skipName("not");
    String name = dottedName();
    if (!dialect.tests().contains(name)) {
      names.unknown("test", name, line);
    }
    Expression.Actual actual = Expression.Actual.NONE;
    if (stream.isOperator("(")) {
      actual = arguments.parse();
    } else if (startsArgument()) {
      if (stream.isName("is")) {
        throw stream.fail("You cannot chain multiple tests with is");
      }
      actual = ArgumentParser.single(postfix(primary()));
    }
    Expression result = new Expression.Test(input, name, actual, line);
    return negated ? new Expression.Not(result, line) : result;
  }

  private boolean startsArgument() {
    Token token = stream.current();
    return switch (token.kind()) {
      case NAME -> !List.of("else", "or", "and").contains(token.text());
      case STRING, INTEGER, FLOAT -> true;
      case OPERATOR -> token.text().equals("[") || token.text().equals("{");
      default -> false;
    };
  }

  private String dottedName() {
    StringBuilder name = new StringBuilder(stream.expect(Kind.NAME).text());
    while (stream.skipOperator(".")) {
      name.append('.').append(stream.expect(Kind.NAME).text());
    }
    return name.toString();
  }
}
