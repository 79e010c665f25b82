package org.trimtab.chat.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.syntax.Token.Kind;

/** Parses what is assigned to. */
final class TargetParser {
  private static final Set<String> CONSTANTS =
      Set.of("true", "True", "false", "False", "none", "None");

  private final TokenStream stream;
  private final NameUses names;
  private final ExpressionParser expressions;

  TargetParser(TokenStream stream, NameUses names, ExpressionParser expressions) {
    this.stream = stream;
    this.names = names;
    this.expressions = expressions;
  }

  /** A name alone. */
  String name() {
    Token token = stream.expect(Kind.NAME);
    return assignable(token).name();
  }

  /** One target, or several with commas between them, up to a name that ends them. */
  Target parse(boolean withNamespace, @Nullable String end) {
    List<Target> targets = new ArrayList<>();
    boolean comma = false;
    while (!isEnd(end)) {
      targets.add(one(withNamespace));
      if (!stream.isOperator(",")) {
        break;
      }
      comma = true;
      stream.next();
    }
    if (targets.isEmpty()) {
      throw stream.fail("Expected an expression, got '" + stream.current().describe() + "'");
    }
    return comma ? new Target.Several(List.copyOf(targets)) : targets.get(0);
  }

  private boolean isEnd(@Nullable String end) {
    return stream.is(Kind.BLOCK_END)
        || stream.isOperator(")")
        || (end != null && stream.isName(end));
  }

  private Target one(boolean withNamespace) {
    Token token = stream.current();
    if (token.kind() == Kind.NAME) {
      stream.next();
      if (withNamespace && !CONSTANTS.contains(token.text()) && stream.skipOperator(".")) {
        names.loaded(token.text());
        return new Target.Attribute(token.text(), stream.expect(Kind.NAME).text());
      }
      return assignable(token);
    }
    return target(expressions.primaries().primary(), token);
  }

  private Target.Variable assignable(Token token) {
    if (CONSTANTS.contains(token.text())) {
      throw cannotAssign("const", token);
    }
    names.stored(token.text());
    return new Target.Variable(token.text());
  }

  private Target target(Expression expression, Token token) {
    if (expression instanceof Expression.Name name) {
      names.stored(name.name());
      return new Target.Variable(name.name());
    }
    if (expression instanceof Expression.TupleOf tuple) {
      return new Target.Several(tuple.items().stream().map(item -> target(item, token)).toList());
    }
    throw cannotAssign("const", token);
  }

  private static TemplateFailure cannotAssign(String what, Token token) {
    return TemplateFailure.at(token.line(), "can't assign to '" + what + "'");
  }
}
