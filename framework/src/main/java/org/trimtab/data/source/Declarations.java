package org.trimtab.data.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.trimtab.UserException;
import org.trimtab.io.InputFile;
import org.trimtab.io.Json;

/** Reads the YAML files that declare models and data sets. */
public final class Declarations {
  private Declarations() {}

  /** Reads one of the program's own resources. */
  public static <T> T resource(String name, Class<T> type) {
    try (InputStream content = Declarations.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IllegalStateException("the program was built without " + name);
      }
      return read(content.readAllBytes(), name, type);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }

  /** Reads a user's file. */
  public static <T> T file(Path file, Class<T> type) {
    try {
      return read(Files.readAllBytes(InputFile.regular(file)), file.toString(), type);
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read: " + FetchFailure.reason(e), e);
    }
  }

  private static <T> T read(byte[] content, String place, Class<T> type) throws IOException {
    try {
      return Json.YAML.readValue(content, type);
    } catch (UnrecognizedPropertyException e) {
      throw new UserException(
          place + ": " + keys(e) + "unknown key; allowed are " + e.getKnownPropertyIds(), e);
    } catch (JsonMappingException e) {
      // The parser's position may be far after the mistake; the keys locate it.
      String reason =
          e.getCause() instanceof UserException user ? user.getMessage() : e.getOriginalMessage();
      throw new UserException(place + ": " + keys(e) + reason, e);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
      throw new UserException(place + line + ": " + e.getOriginalMessage(), e);
    }
  }

  private static String keys(JsonMappingException e) {
    StringBuilder keys = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() != null) {
        keys.append(keys.isEmpty() ? "" : ".").append(step.getFieldName());
      } else if (step.getIndex() >= 0) {
        keys.append('[').append(step.getIndex()).append(']');
      }
    }
    return keys.isEmpty() ? "" : keys + ": ";
  }
}
