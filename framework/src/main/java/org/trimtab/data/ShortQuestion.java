package org.trimtab.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trimtab.UserException;

/**
 * A question with one short answer, as in SimpleQA (Wei et al., "Measuring short-form factuality in
 * large language models", 2024).
 *
 * @param index its position in the file, from 0; the item's id
 * @param question the question
 * @param answer the gold answer
 */
public record ShortQuestion(int index, String question, String answer) {
  private static final String QUESTION = "problem";
  private static final String ANSWER = "answer";

  /**
   * Reads a CSV file in UTF-8 with the columns {@code problem} and {@code answer}; other columns
   * are ignored, and quoted fields may hold line feeds.
   *
   * @throws UserException when the file cannot be read, is not such a table, or a field is empty;
   *     names the line
   */
  public static List<ShortQuestion> read(Path file) {
    List<ShortQuestion> questions = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : lines) {
        questions.add(
            new ShortQuestion(
                questions.size(), field(file, line, QUESTION), field(file, line, ANSWER)));
      }
    } catch (CsvParseException e) {
      throw new UserException(file + ": not a table in CSV: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": there is no such file", e);
    } catch (IOException | UncheckedIOException e) {
      throw new UserException(file + ": cannot be read: " + e.getMessage(), e);
    }
    if (questions.isEmpty()) {
      throw new UserException(file + ": it holds no questions");
    }
    return List.copyOf(questions);
  }

  /** Whether a table has the column of questions. */
  static boolean has(Path file) {
    String header = PlainText.read(file).lines().findFirst().orElse("");
    return Arrays.asList(header.split(",")).contains(QUESTION);
  }

  private static String field(Path file, NamedCsvRecord line, String name) {
    String place = file + ":" + line.getStartingLineNumber() + ": ";
    String text =
        line.findField(name)
            .orElseThrow(
                () ->
                    new UserException(
                        place
                            + "there is no column '"
                            + name
                            + "'; the columns are "
                            + String.join(", ", line.getHeader())));
    if (text.isBlank()) {
      throw new UserException(place + "'" + name + "' is empty");
    }
    return text;
  }
}
