package org.trimtab.chat.render;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.text.Whitespace;
import org.trimtab.chat.value.Bool;
import org.trimtab.chat.value.Repr;

/** The methods of strings that ask what all characters are. */
final class TextPredicates {
  private TextPredicates() {}

  static Function.@Nullable Body method(String text, String name) {
    return switch (name) {
      case "isalnum" -> all(text, name, TextPredicates::isAlphanumeric);
      case "isalpha" -> all(text, name, Character::isLetter);
      case "isdigit" -> all(text, name, Character::isDigit);
      case "isspace" -> all(text, name, Whitespace::isSpace);
      case "isascii" -> holds(name, text.codePoints().allMatch(point -> point < 0x80));
      case "isprintable" -> holds(name, text.codePoints().allMatch(Repr::isPrintable));
      case "isidentifier" -> holds(name, isIdentifier(text));
      case "islower" -> holds(name, isLower(text));
      case "isupper" -> holds(name, isUpper(text));
      default -> null;
    };
  }

  private static Function.Body all(String text, String name, IntPredicate predicate) {
    return holds(name, !text.isEmpty() && text.codePoints().allMatch(predicate));
  }

  private static Function.Body holds(String name, boolean result) {
    return arguments -> {
      arguments.positional(name, 0, 0);
      return Bool.of(result);
    };
  }

  private static boolean isAlphanumeric(int point) {
    int type = Character.getType(point);
    return Character.isLetterOrDigit(point)
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  private static boolean isIdentifier(String text) {
    return !text.isEmpty()
        && (text.charAt(0) == '_' || Character.isUnicodeIdentifierStart(text.codePointAt(0)))
        && text.codePoints()
            .allMatch(
                point ->
                    Character.isUnicodeIdentifierPart(point)
                        && !Character.isIdentifierIgnorable(point));
  }

  static boolean isLower(String text) {
    return text.codePoints().anyMatch(Character::isLowerCase)
        && text.codePoints()
            .noneMatch(point -> Character.isUpperCase(point) || Character.isTitleCase(point));
  }

  static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints()
            .noneMatch(point -> Character.isLowerCase(point) || Character.isTitleCase(point));
  }
}
