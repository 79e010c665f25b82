package org.trimtab.chat.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.syntax.Token.Kind;

/** Parses the arguments of calls, filters and tests. */
final class ArgumentParser {
  private final TokenStream stream;
  private final ExpressionParser expressions;

  ArgumentParser(TokenStream stream, ExpressionParser expressions) {
    this.stream = stream;
    this.expressions = expressions;
  }

  static Expression.Actual single(Expression argument) {
    return new Expression.Actual(List.of(argument), Map.of(), null, null);
  }

  /** Arguments in parentheses, the opening one being the current token. */
  Expression.Actual parse() {
    int line = stream.next().line();
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    @Nullable Expression spread = null;
    @Nullable Expression namedSpread = null;
    while (!stream.isOperator(")")) {
      if (stream.skipOperator("*")) {
        ensure(spread == null && namedSpread == null, line);
        spread = expressions.parse();
      } else if (stream.skipOperator("**")) {
        ensure(namedSpread == null, line);
        namedSpread = expressions.parse();
      } else if (stream.is(Kind.NAME) && stream.look().isOperator("=")) {
        ensure(namedSpread == null, line);
        String name = stream.next().text();
        stream.next();
        if (named.put(name, expressions.parse()) != null) {
          throw TemplateFailure.python(line, "keyword argument repeated: " + name);
        }
      } else {
        ensure(spread == null && namedSpread == null && named.isEmpty(), line);
        positional.add(expressions.parse());
      }
      if (!stream.isOperator(")")) {
        stream.expectOperator(",");
      }
    }
    stream.next();
    return new Expression.Actual(
        List.copyOf(positional), Collections.unmodifiableMap(named), spread, namedSpread);
  }

  private static void ensure(boolean valid, int line) {
    if (!valid) {
      throw TemplateFailure.at(line, "invalid syntax for function call expression");
    }
  }
}
