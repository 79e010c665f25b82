package org.trimtab.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

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
  private final List<WaveQuestion> questions = new ArrayList<>();
  private final TreeSet<String> values = new TreeSet<>();

  private OpinionWave(Path folder) {
    Path info = folder.resolve(INFO);
    responses = folder.resolve(RESPONSES);
    lines(info, line -> WaveQuestion.of(info, line).ifPresent(questions::add));
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
          responses
              + ": '"
              + group
              + "' names no group; write a column and its value, such as POLPARTY=Democrat");
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

  private void count(NamedCsvRecord line, String[] wanted, double[][] weights) {
    if (wanted.length > 0) {
      String own = field(line, wanted[0], "a column of a group is one of " + traits(line));
      values.add(own);
      if (!own.equals(wanted[1])) {
        return;
      }
    }
    double weight = weight(line);
    for (int i = 0; i < weights.length; i++) {
      WaveQuestion question = questions.get(i);
      String answer = field(line, question.key(), "every key of info.csv is a column");
      int option = question.options().indexOf(answer);
      if (option >= 0 && option < weights[i].length) {
        weights[i][option] += weight;
      }
    }
  }

  private double weight(NamedCsvRecord line) {
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
        "%s:%d: the weight in %s is '%s', expected a number from 0 up"
            .formatted(responses, line.getStartingLineNumber(), column, written));
  }

  private Opinion opinion(int index, double[] weights, @Nullable String group) {
    WaveQuestion question = questions.get(index);
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

  private String field(NamedCsvRecord line, String column, String advice) {
    return line.findField(column)
        .orElseThrow(
            () ->
                new UserException(
                    "%s:1: there is no column '%s'; %s".formatted(responses, column, advice)));
  }

  private static String traits(NamedCsvRecord line) {
    List<String> present = TRAITS.stream().filter(line.getHeader()::contains).toList();
    return String.join(", ", present.isEmpty() ? line.getHeader() : present);
  }

  private static void lines(Path file, Consumer<NamedCsvRecord> reader) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "%s: there is no such file; a folder of opinions holds %s and %s, as a wave of OpinionQA does"
              .formatted(file, INFO, RESPONSES));
    }
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      lines.forEach(reader);
    } catch (CsvParseException e) {
      throw new UserException(file + ": not a CSV table: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
