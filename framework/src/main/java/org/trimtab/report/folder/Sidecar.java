package org.trimtab.report.folder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.InputFile;
import org.trimtab.io.Json;
import org.trimtab.spec.Report;

/**
 * What stands beside a table or figure for programs: enough to make it again and to check it.
 *
 * @param program the version of the program that made it
 * @param model the model's name
 * @param metric the metric of figures that name none; null for the first main one
 * @param table the definition of a table; null for a figure
 * @param figure the definition of a figure; null for a table
 * @param section what else is shown of the rows of the table: texts; null for the table itself
 * @param contents of a table the label and cell ids of each row, of a figure its panels with their
 *     lines and points
 * @param journals SHA-256 of the journal of each cell, by id; cells that never began are absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sidecar(
    String program,
    String model,
    @Nullable String metric,
    Report.@Nullable Table table,
    Report.@Nullable Figure figure,
    @Nullable String section,
    JsonNode contents,
    Map<String, String> journals) {
  /**
   * Reads a sidecar.
   *
   * @throws UserException when it cannot be read
   */
  public static Sidecar read(Path file) {
    try {
      return Json.MAPPER
          .readerFor(Sidecar.class)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(Files.readString(InputFile.regularIfThere(file)));
    } catch (JsonProcessingException e) {
      throw new UserException(
          file
              + " does not describe a table or figure ("
              + e.getOriginalMessage()
              + "). Make the report again: ./run report "
              + Path.of("").resolve(file).toAbsolutePath().getParent(),
          e);
    } catch (IOException e) {
      throw new UserException(
          "there is no " + file + ": a table is checked by the file of its name that ends in .json",
          e);
    }
  }

  /** The value as a tree. */
  static JsonNode tree(Object value) {
    return Json.MAPPER.valueToTree(value);
  }

  /** The text of its file. */
  public String text() {
    return Json.pretty(this);
  }
}
