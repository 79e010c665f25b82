package org.trimtab.evaluate.grade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.Json;

/**
 * An answer with a manual label.
 *
 * @param candidate question, gold answer and answer
 * @param label correct, incorrect or not attempted
 */
public record LabelledAnswer(Candidate candidate, Grade label) {
  /**
   * Reads a CSV file with the columns question, gold, answer and label, or a .jsonl file with these
   * keys in each line. A label is correct, incorrect or not_attempted, or the letter A, B or C.
   *
   * @throws UserException when it cannot be read; names the line
   */
  public static List<LabelledAnswer> read(Path file) {
    List<LabelledAnswer> answers = new ArrayList<>();
    try {
      if (file.toString().endsWith(".jsonl")) {
        lines(file, answers);
      } else {
        table(file, answers);
      }
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": there is no such file", e);
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw new UserException(file + ": cannot be read: " + e.getMessage(), e);
    }
    if (answers.isEmpty()) {
      throw new UserException(file + ": there are no labelled answers in it");
    }
    return List.copyOf(answers);
  }

  private static void table(Path file, List<LabelledAnswer> answers) throws IOException {
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : lines) {
        String place = file + ":" + line.getStartingLineNumber();
        answers.add(of(place, name -> line.findField(name).orElse(null)));
      }
    }
  }

  private static void lines(Path file, List<LabelledAnswer> answers) throws IOException {
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      String place = file + ":" + ++number;
      if (!line.isBlank()) {
        try {
          JsonNode object = Json.MAPPER.readTree(line);
          answers.add(of(place, name -> object.path(name).textValue()));
        } catch (JsonProcessingException e) {
          throw new UserException(place + ": not JSON: " + e.getOriginalMessage(), e);
        }
      }
    }
  }

  private static LabelledAnswer of(String place, Function<String, @Nullable String> fields) {
    String question = field(place, "question", fields);
    String gold = field(place, "gold", fields);
    String answer = field(place, "answer", fields);
    return new LabelledAnswer(
        new Candidate(question, gold, answer), label(place, field(place, "label", fields)));
  }

  private static String field(
      String place, String name, Function<String, @Nullable String> fields) {
    String value = fields.apply(name);
    if (value == null) {
      throw new UserException(
          place + ": '" + name + "' is missing; each line has question, gold, answer and label");
    }
    return value;
  }

  private static Grade label(String place, String text) {
    String word = text.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    return switch (word) {
      case "correct", "a" -> Grade.CORRECT;
      case "incorrect", "b" -> Grade.INCORRECT;
      case "not_attempted", "c" -> Grade.NOT_ATTEMPTED;
      default ->
          throw new UserException(
              "%s: the label is '%s', expected correct, incorrect or not_attempted (or A, B, C)"
                  .formatted(place, text));
    };
  }
}
