package org.trimtab.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.UserException;
import org.trimtab.io.InputFile;
import org.trimtab.io.Json;

/**
 * Opens every file of items: {@code .csv} with a header, a JSON list, or JSON lines (an object per
 * line, in {@code .jsonl} or {@code .json}). Texts are UTF-8, with or without a byte order mark;
 * lines end in LF, CR LF or CR.
 */
final class ItemFile {
  private static final Pattern LINE = Pattern.compile("(.*)(\\R|$)");
  private static final Pattern RECORD_LINE = Pattern.compile("line (\\d+)");
  private static final ObjectReader VALUES =
      Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path file;
  private final String text;
  private final List<Item> items = new ArrayList<>();

  /**
   * An item.
   *
   * @param file its file
   * @param place the file and the line where it begins, for messages
   * @param index its position in the file, from 0
   * @param fields of CSV every field is a text
   * @param table whether the file is CSV
   */
  record Item(Path file, String place, int index, ObjectNode fields, boolean table) {
    /** Whether it has all of some fields. */
    boolean has(String... names) {
      return List.of(names).stream().allMatch(fields::has);
    }

    /** The names of its fields. */
    List<String> names() {
      List<String> names = new ArrayList<>();
      fields.fieldNames().forEachRemaining(names::add);
      return names;
    }

    /** A field; missing if it has none of that name. */
    JsonNode get(String name) {
      return fields.path(name);
    }

    /**
     * A text that is not blank.
     *
     * @throws UserException when it is missing, not a text or blank
     */
    String text(String name) {
      JsonNode value = table ? column(name) : get(name);
      if (!value.isTextual() || value.textValue().isBlank()) {
        throw new UserException(
            place + ": '" + name + (table ? "' is empty" : "' is missing, empty or not a text"));
      }
      return value.textValue();
    }

    /**
     * A field of a table, which may be empty.
     *
     * @throws UserException when the table has no such column
     */
    JsonNode column(String name) {
      if (!fields.has(name)) {
        throw new UserException(
            "%s:1: there is no column '%s'; the columns are %s"
                .formatted(file, name, String.join(", ", names())));
      }
      return get(name);
    }
  }

  private ItemFile(Path file) {
    this.file = file;
    this.text = InputFile.withoutMark(InputFile.text(file));
  }

  /**
   * Reads a file.
   *
   * @throws UserException when it cannot be read, has another form or no items; names the line
   */
  static List<Item> read(Path file) {
    ItemFile open = new ItemFile(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      open.table();
    } else if (open.text.stripLeading().startsWith("[")) {
      open.list();
    } else {
      open.lines(name.endsWith(".jsonl"));
    }
    if (open.items.isEmpty()) {
      throw new UserException(file + ": it holds no items");
    }
    return List.copyOf(open.items);
  }

  private void add(String place, JsonNode fields, boolean table) {
    if (!(fields instanceof ObjectNode object)) {
      throw new UserException(place + ": expected an object {...}, found " + fields.getNodeType());
    }
    items.add(new Item(file, place, items.size(), object, table));
  }

  private void list() {
    try (JsonParser parser = Json.MAPPER.createParser(text)) {
      JsonToken begin = parser.nextToken();
      assert begin == JsonToken.START_ARRAY;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int line = parser.currentTokenLocation().getLineNr();
        add(file + ":" + line + ": item " + items.size(), VALUES.readTree(parser), false);
      }
      if (parser.nextToken() != null) {
        throw new UserException(
            "%s:%d: there is something after the list of items"
                .formatted(file, parser.currentTokenLocation().getLineNr()));
      }
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
      throw new UserException(
          file + line + ": item " + items.size() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An object per line.
   *
   * @param surely whether the file's name says so
   */
  private void lines(boolean surely) {
    Matcher lines = LINE.matcher(text);
    for (int number = 1; lines.find(); number++) {
      String line = lines.group(1);
      if (!line.isBlank()) {
        try {
          add(file + ":" + number, Json.MAPPER.readTree(line), false);
        } catch (JsonProcessingException e) {
          boolean list = !surely && items.isEmpty();
          throw new UserException(
              "%s:%d: %s%s"
                  .formatted(
                      file,
                      number,
                      list ? "expected a list of items, or an object per line: " : "",
                      e.getOriginalMessage()),
              e);
        }
      }
      if (lines.hitEnd()) {
        break;
      }
    }
    if (!surely && items.size() == 1) {
      throw new UserException(file + ": expected a list of items, found one object");
    }
  }

  private void table() {
    List<String> header = List.of();
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)) {
      for (CsvRecord record : records) {
        String place = file + ":" + record.getStartingLineNumber();
        List<String> fields = record.getFields();
        if (header.isEmpty()) {
          header = fields;
          Set<String> names = new HashSet<>();
          for (String name : header) {
            if (!names.add(name)) {
              throw new UserException(place + ": the column '" + name + "' occurs twice");
            }
          }
          continue;
        }
        if (fields.size() != header.size()) {
          throw new UserException(
              "%s: the line has %d fields, the header %d; quote texts that contain commas"
                  .formatted(place, fields.size(), header.size()));
        }
        ObjectNode item = Json.object();
        for (int i = 0; i < header.size(); i++) {
          item.put(header.get(i), fields.get(i));
        }
        add(place, item, true);
      }
    } catch (CsvParseException e) {
      Matcher line = RECORD_LINE.matcher(String.valueOf(e.getMessage()));
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UserException(
          "%s%s: not a table in CSV: %s"
              .formatted(file, line.find() ? ":" + line.group(1) : "", cause.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
