package org.trimtab.evaluate.grade;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How to parse a judge's reply. */
public enum ReplyParser {
  /**
   * Words before letters: the reply must name exactly one grade, by its word or, without any word,
   * by a separate capital letter A, B or C. Anything else is {@link Grade#UNPARSED}.
   */
  STRICT {
    @Override
    public Grade parse(String reply) {
      String words = reply.toLowerCase(Locale.ROOT).replaceAll("[_\\s-]+", " ");
      Set<Grade> named = named(WORD.matcher(words));
      if (named.isEmpty()) {
        named = named(LETTER.matcher(reply));
      }
      return named.size() == 1 ? named.iterator().next() : Grade.UNPARSED;
    }
  },
  /**
   * As in OpenAI's simple-evals: the first capital A, B or C anywhere, and C if there is none.
   * "CORRECT" is therefore C, not attempted.
   */
  PAPER {
    @Override
    public Grade parse(String reply) {
      Matcher letter = ANY_LETTER.matcher(reply);
      return letter.find() ? grade(letter.group()) : Grade.NOT_ATTEMPTED;
    }
  };

  private static final Pattern WORD =
      Pattern.compile("\\b(not correct|not attempted|incorrect|correct)\\b");

  /** An A that begins a sentence is an article, unless nothing or a mark follows it. */
  private static final Pattern LETTER =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}'])([BC]|A(?!\\s+(?!or\\b|and\\b)\\p{Ll}))(?![\\p{L}\\p{N}'])");

  private static final Pattern ANY_LETTER = Pattern.compile("[ABC]");

  /** The grade in a reply. */
  public abstract Grade parse(String reply);

  private static Set<Grade> named(Matcher matcher) {
    Set<Grade> grades = EnumSet.noneOf(Grade.class);
    while (matcher.find()) {
      grades.add(grade(matcher.group(1)));
    }
    return grades;
  }

  private static Grade grade(String name) {
    return switch (name) {
      case "A", "correct" -> Grade.CORRECT;
      case "B", "incorrect", "not correct" -> Grade.INCORRECT;
      default -> Grade.NOT_ATTEMPTED;
    };
  }
}
