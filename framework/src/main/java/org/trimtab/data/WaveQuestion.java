package org.trimtab.data;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.UserException;

/**
 * A line of info.csv of OpinionQA.
 *
 * @param key the column of its answers
 * @param text the question
 * @param options the texts to choose from, the refusals last
 * @param ordinals the place of each option on the scale, without refusals; two options may share
 *     one
 */
record WaveQuestion(String key, String text, List<String> options, List<Double> ordinals) {
  /** A string literal, in either of Python's quotes, as an element of a list. */
  private static final Pattern TEXT =
      Pattern.compile("\\G\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\")\\s*(,|$)");

  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))");

  /** Copies the lists. */
  WaveQuestion {
    options = List.copyOf(options);
    ordinals = List.copyOf(ordinals);
  }

  /**
   * Reads a line.
   *
   * @return empty for a question whose ordinals are all the same
   * @throws UserException when it has another form; names the line and column
   */
  static Optional<WaveQuestion> of(Path file, NamedCsvRecord line) {
    String place = file + ":" + line.getStartingLineNumber();
    List<String> options = texts(place, field(place, line, "references"));
    List<Double> ordinals = numbers(place, field(place, line, "option_ordinal"));
    if (ordinals.size() < 2 || ordinals.size() > options.size() || options.size() > Opinion.MOST) {
      throw new UserException(
          "%s: needs ordinals for two options or more, refusals having none, and at most %d options; found %d options and the ordinals %s"
              .formatted(place, Opinion.MOST, options.size(), ordinals));
    }
    String key = field(place, line, "key");
    String text = field(place, line, "question");
    return ordinals.stream().distinct().count() == 1
        ? Optional.empty()
        : Optional.of(new WaveQuestion(key, text, options, ordinals));
  }

  private static String field(String place, NamedCsvRecord line, String column) {
    String value =
        line.findField(column)
            .orElseThrow(
                () ->
                    new UserException(
                        "%s: there is no column '%s'; the questions of OpinionQA have key, question, references and option_ordinal"
                            .formatted(place, column)));
    if (value.isBlank()) {
      throw new UserException(place + ": '" + column + "' is empty");
    }
    return value;
  }

  private static String inside(String place, String column, String list) {
    String written = list.strip();
    if (!written.startsWith("[") || !written.endsWith("]")) {
      throw new UserException(
          "%s: '%s' is %s, expected a list in square brackets".formatted(place, column, list));
    }
    return written.substring(1, written.length() - 1);
  }

  private static List<String> texts(String place, String list) {
    String inside = inside(place, "references", list);
    List<String> texts = new ArrayList<>();
    Matcher matcher = TEXT.matcher(inside);
    int end = 0;
    while (end < inside.length() && matcher.find()) {
      String single = matcher.group(1);
      texts.add(unescaped(single == null ? matcher.group(2) : single));
      end = matcher.end();
    }
    if (end < inside.length()) {
      throw new UserException(
          "%s: 'references' is %s, expected ['text', ...]".formatted(place, list));
    }
    return texts;
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            match -> {
              String code = match.group(1) == null ? match.group(2) : match.group(1);
              String plain =
                  code == null
                      ? match.group(3).replace('n', '\n').replace('t', '\t')
                      : Character.toString(Integer.parseInt(code, 16));
              return Matcher.quoteReplacement(plain);
            });
  }

  private static List<Double> numbers(String place, String list) {
    List<Double> numbers = new ArrayList<>();
    for (String number : inside(place, "option_ordinal", list).split(",", -1)) {
      try {
        numbers.add(Double.valueOf(number.strip()));
      } catch (NumberFormatException e) {
        throw new UserException(
            "%s: 'option_ordinal' is %s, expected [number, ...]".formatted(place, list), e);
      }
    }
    return numbers;
  }
}
