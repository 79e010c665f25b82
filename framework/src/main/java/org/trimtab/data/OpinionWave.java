package org.trimtab.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.ItemFile.Item;

/**
 * A folder of OpinionQA (Santurkar et al., ICML 2023; github.com/tatsu-lab/opinions_qa), such as
 * {@code human_resp/American_Trends_Panel_W26}: {@code info.csv} with one question per line, and
 * {@code responses.csv} with one respondent per line, whose columns are the questions' keys, traits
 * such as POLPARTY, and the weight of the wave. Answers are the options' texts; an empty one means
 * no answer.
 */
final class OpinionWave {
  private static final String INFO = "info.csv";
  private static final String RESPONSES = "responses.csv";

  /** The traits that the paper compares. */
  private static final List<String> TRAITS =
      List.of(
          "CREGION",
          "AGE",
          "SEX",
          "EDUCATION",
          "CITIZEN",
          "MARITAL",
          "RELIG",
          "RELIGATTEND",
          "POLPARTY",
          "INCOME",
          "POLIDEOLOGY",
          "RACE");

  private final Path responses;
  private final List<Question> questions = new ArrayList<>();
  private final TreeSet<String> values = new TreeSet<>();

  private OpinionWave(Path folder) {
    Path info = folder.resolve(INFO);
    responses = folder.resolve(RESPONSES);
    lines(info, line -> Question.of(line).ifPresent(questions::add));
    if (questions.isEmpty()) {
      throw new UserException(info + ": it holds no question whose options have an order");
    }
  }

  /**
   * The number of questions, as {@link #read} gives them.
   *
   * @throws UserException when the questions cannot be read
   */
  static int questions(Path folder) {
    return new OpinionWave(folder).questions.size();
  }

  /**
   * Reads a folder. Shares are sums of respondents' weights; refusals and answers that are not
   * among the options are ignored. Questions whose ordinals are all the same are omitted: no answer
   * to them is nearer than another.
   *
   * @param group such as {@code POLPARTY=Democrat}; null for all respondents
   * @throws UserException when a file cannot be read or is not of that form, there is no such group
   *     or nobody of it has answered a question; names the place
   */
  static List<Opinion> read(Path folder, @Nullable String group) {
    return new OpinionWave(folder).opinions(group);
  }

  private List<Opinion> opinions(@Nullable String group) {
    String[] wanted = group == null ? new String[0] : group.split("=", 2);
    if (wanted.length == 1) {
      throw new UserException(
          "%s: '%s' names no group; write a column and its value, such as POLPARTY=Democrat"
              .formatted(responses, group));
    }
    double[][] weights =
        questions.stream().map(each -> new double[each.ordinals().size()]).toArray(double[][]::new);
    lines(responses, line -> count(line, wanted, weights));
    if (group != null && !values.contains(wanted[1])) {
      throw new UserException(
          "%s: nobody is '%s' in the column %s; values: %s"
              .formatted(responses, wanted[1], wanted[0], String.join(", ", values)));
    }
    return IntStream.range(0, weights.length).mapToObj(i -> opinion(i, weights[i], group)).toList();
  }

  private void count(Item line, String[] wanted, double[][] weights) {
    if (wanted.length > 0) {
      String own = field(line, wanted[0], "a column of a group is one of " + traits(line));
      values.add(own);
      if (!own.equals(wanted[1])) {
        return;
      }
    }
    double weight = weight(line);
    for (int i = 0; i < weights.length; i++) {
      Question question = questions.get(i);
      String answer = field(line, question.key(), "every key of info.csv is a column");
      int option = question.options().indexOf(answer);
      if (option >= 0 && option < weights[i].length) {
        weights[i][option] += weight;
      }
    }
  }

  private double weight(Item line) {
    String key = questions.get(0).key();
    String column = "WEIGHT" + key.substring(Math.max(0, key.lastIndexOf('_')));
    String written = field(line, column, "the weights of the wave stand in it");
    try {
      double weight = written.isEmpty() ? 0 : Double.parseDouble(written);
      if (weight >= 0 && Double.isFinite(weight)) {
        return weight;
      }
    } catch (NumberFormatException e) {
      // Falls through to the message below, as a weight below 0 does.
    }
    throw new UserException(
        "%s: the weight in %s is '%s', expected a number from 0 up"
            .formatted(line.place(), column, written));
  }

  private Opinion opinion(int index, double[] weights, @Nullable String group) {
    Question question = questions.get(index);
    double sum = Arrays.stream(weights).sum();
    if (!(sum > 0)) {
      throw new UserException(
          "%s: nobody %shas chosen an option of %s; name another group, or delete the question from info.csv in a copy of the folder"
              .formatted(responses, group == null ? "" : "of " + group + " ", question.key()));
    }
    return new Opinion(
        index,
        question.text(),
        question.options(),
        question.ordinals(),
        Arrays.stream(weights).mapToObj(weight -> weight / sum).toList());
  }

  private static String field(Item line, String column, String advice) {
    if (!line.has(column)) {
      throw new UserException(
          "%s:1: there is no column '%s'; %s".formatted(line.file(), column, advice));
    }
    return line.get(column).textValue();
  }

  private static String traits(Item line) {
    List<String> present = TRAITS.stream().filter(line::has).toList();
    return String.join(", ", present.isEmpty() ? line.names() : present);
  }

  private static void lines(Path file, Consumer<Item> reader) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "%s: there is no such file; a folder of opinions holds %s and %s, as a wave of OpinionQA does"
              .formatted(file, INFO, RESPONSES));
    }
    ItemFile.read(file).forEach(reader);
  }

  /**
   * A line of info.csv of OpinionQA.
   *
   * @param key the column of its answers
   * @param text the question
   * @param options the texts to choose from, the refusals last
   * @param ordinals the place of each option on the scale, without refusals; two options may share
   *     one
   */
  private record Question(String key, String text, List<String> options, List<Double> ordinals) {
    /** A string literal, in either of Python's quotes, as an element of a list. */
    private static final Pattern TEXT =
        Pattern.compile("\\G\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\")\\s*(,|$)");

    private static final Pattern ESCAPE =
        Pattern.compile("\\\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))");

    /** Copies the lists. */
    Question {
      options = List.copyOf(options);
      ordinals = List.copyOf(ordinals);
    }

    /**
     * Reads a line.
     *
     * @return empty for a question whose ordinals are all the same
     * @throws UserException when it has another form; names the line and column
     */
    static Optional<Question> of(Item line) {
      String place = line.place();
      List<String> options = texts(place, line.text("references"));
      List<Double> ordinals = numbers(place, line.text("option_ordinal"));
      if (ordinals.size() < 2
          || ordinals.size() > options.size()
          || options.size() > Opinion.MOST) {
        throw new UserException(
            "%s: needs ordinals for two options or more, refusals having none, and at most %d options; found %d options and the ordinals %s"
                .formatted(place, Opinion.MOST, options.size(), ordinals));
      }
      String key = line.text("key");
      String text = line.text("question");
      return ordinals.stream().distinct().count() == 1
          ? Optional.empty()
          : Optional.of(new Question(key, text, options, ordinals));
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
}
