package org.trimtab.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.UserException;

/** Reads the pairs of a task. */
public final class Pairs {
  private static final String PROMPT = "prompt";
  private static final String TARGET = "target";
  private static final int LEAST = 2;

  private final Path file;
  private final List<Pair> pairs = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>();

  private Pairs(Path file) {
    this.file = file;
  }

  /**
   * Reads a file: {@code .json} as in the function-vector data sets, a list of {@code {"input":
   * text, "output": text}}; {@code .jsonl} with one object per line and {@code .csv} with a header,
   * both with {@code prompt} and {@code target}. Texts are trimmed.
   *
   * @throws UserException when it cannot be read, has fewer than two pairs, or one of them has
   *     another form, is empty or repeats an earlier prompt; names the place
   */
  public static List<Pair> read(Path file) {
    Pairs pairs = new Pairs(file);
    String name = file.toString();
    if (name.endsWith(".csv")) {
      pairs.csv();
    } else if (name.endsWith(".jsonl")) {
      pairs.lines();
    } else {
      JsonItems.read(
          file,
          "{\"input\": ..., \"output\": ...}",
          (place, index, item) -> pairs.add(place, item, "input", "output"));
    }
    if (pairs.pairs.size() < LEAST) {
      throw new UserException(
          file
              + ": there is "
              + pairs.pairs.size()
              + " pair in it; a task needs at least "
              + LEAST);
    }
    return List.copyOf(pairs.pairs);
  }

  private void csv() {
    // Spreadsheets write a byte order mark before the header.
    String text = PlainText.read(file).replaceFirst("^\uFEFF", "");
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
      for (NamedCsvRecord line : reader) {
        String place = file + ":" + line.getStartingLineNumber();
        if (line.getFieldCount() != line.getHeader().size()) {
          throw new UserException(
              "%s: the line has %d fields, the header %d; quote texts that contain commas"
                  .formatted(place, line.getFieldCount(), line.getHeader().size()));
        }
        add(place, column(line, PROMPT), column(line, TARGET));
      }
    } catch (CsvParseException e) {
      throw new UserException(file + ": not a CSV table: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String column(NamedCsvRecord line, String name) {
    return line.findField(name)
        .orElseThrow(
            () ->
                new UserException(
                    file
                        + ":1: there is no column '"
                        + name
                        + "'; a task has the columns prompt and target, found "
                        + String.join(", ", line.getHeader())));
  }

  private void lines() {
    int number = 0;
    for (String line : PlainText.read(file).lines().toList()) {
      number++;
      if (!line.isBlank()) {
        String place = file + ":" + number;
        try {
          add(place, JsonItems.JSON.readTree(line), PROMPT, TARGET);
        } catch (JsonProcessingException e) {
          throw new UserException(place + ": " + e.getOriginalMessage(), e);
        }
      }
    }
  }

  private Pair add(String place, JsonNode item, String prompt, String target) {
    return add(place, JsonItems.text(place, item, prompt), JsonItems.text(place, item, target));
  }

  private Pair add(String place, String prompt, String target) {
    Pair pair = new Pair(pairs.size(), prompt.strip(), target.strip());
    if (pair.prompt().isEmpty() || pair.target().isEmpty()) {
      throw new UserException(
          place + ": the " + (pair.prompt().isEmpty() ? PROMPT : TARGET) + " is empty");
    }
    String first = places.putIfAbsent(pair.prompt(), place);
    if (first != null) {
      throw new UserException(
          place
              + ": '"
              + pair.prompt()
              + "' already occurs at "
              + first
              + ": a cell could learn the answer that it is scored on; keep one of them");
    }
    pairs.add(pair);
    return pair;
  }
}
