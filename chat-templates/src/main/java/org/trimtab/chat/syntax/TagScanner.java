package org.trimtab.chat.syntax;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.syntax.Token.Kind;

/** Finds the token at a position inside a tag. */
final class TagScanner {
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?<!\\.)(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)");
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
  private static final Pattern STRING =
      Pattern.compile(
          "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"",
          Pattern.DOTALL);
  private static final Pattern OPERATOR =
      Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}<>=.:|,;]");

  private final String source;
  private int end;

  TagScanner(String source) {
    this.source = source;
  }

  /** Where the token that was found last ends. */
  int end() {
    return end;
  }

  /** The token at a position, or null where none starts. */
  @Nullable Token next(int position, int line) {
    if (matches(FLOAT, position)) {
      return new Token(Kind.FLOAT, text(position).replace("_", ""), line);
    }
    if (matches(INTEGER, position)) {
      return new Token(Kind.INTEGER, text(position).replace("_", ""), line);
    }
    if (matchesName(position)) {
      String name = text(position);
      if (!Character.isUnicodeIdentifierStart(name.codePointAt(0)) && name.charAt(0) != '_') {
        throw TemplateFailure.at(line, "Invalid character in identifier");
      }
      return new Token(Kind.NAME, name, line);
    }
    if (matches(STRING, position)) {
      String quoted = text(position);
      String body = quoted.substring(1, quoted.length() - 1);
      return new Token(Kind.STRING, StringLiteral.decode(body, line), line);
    }
    return matches(OPERATOR, position) ? new Token(Kind.OPERATOR, text(position), line) : null;
  }

  private String text(int position) {
    return source.substring(position, end);
  }

  private boolean matches(Pattern pattern, int position) {
    Matcher matcher = pattern.matcher(source);
    matcher.useTransparentBounds(true).region(position, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    end = matcher.end();
    return true;
  }

  private boolean matchesName(int position) {
    end = position;
    while (end < source.length() && isNamePart(source.codePointAt(end))) {
      end = source.offsetByCodePoints(end, 1);
    }
    return end > position;
  }

  private static boolean isNamePart(int point) {
    return point == '_'
        || Character.isLetterOrDigit(point)
        || (point > 0x7f
            && Character.isUnicodeIdentifierPart(point)
            && !Character.isIdentifierIgnorable(point));
  }
}
