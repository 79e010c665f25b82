package org.trimtab.chat.syntax;

import java.util.List;
import org.trimtab.chat.syntax.Token.Kind;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Limits;

/** The tokens of a template and how far the parser has come. */
final class TokenStream {
  private final List<Token> tokens;
  private int position;
  private int depth;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(position);
  }

  Token look() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = current();
    position = Math.min(position + 1, tokens.size() - 1);
    return token;
  }

  boolean is(Kind kind) {
    return current().kind() == kind;
  }

  boolean isName(String name) {
    return current().isName(name);
  }

  boolean isOperator(String operator) {
    return current().isOperator(operator);
  }

  boolean skipName(String name) {
    return skipIf(isName(name));
  }

  boolean skipOperator(String operator) {
    return skipIf(isOperator(operator));
  }

  private boolean skipIf(boolean matches) {
    if (matches) {
      next();
    }
    return matches;
  }

  Token expect(Kind kind) {
    return expect(is(kind), kind.description());
  }

  void expectName(String name) {
    expect(isName(name), name);
  }

  void expectOperator(String operator) {
    expect(isOperator(operator), operator);
  }

  private Token expect(boolean matches, String expected) {
    if (matches) {
      return next();
    }
    throw fail(
        is(Kind.END)
            ? "unexpected end of template, expected '" + expected + "'."
            : "expected token '" + expected + "', got '" + current().describe() + "'");
  }

  TemplateFailure fail(String detail) {
    return TemplateFailure.at(current().line(), detail);
  }

  TemplateFailure unsupported(String feature) {
    return TemplateFailure.of(current().line(), Failure.unsupported(feature));
  }

  /** Counts a level of nesting. Fails where there are too many. */
  void enter() {
    if (++depth > Limits.SYNTAX_DEPTH) {
      throw TemplateFailure.of(
          current().line(),
          Failure.limit("the template nests deeper than " + Limits.SYNTAX_DEPTH + " levels"));
    }
  }

  void leave() {
    depth--;
  }
}
