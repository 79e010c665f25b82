package org.trimtab.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.UserException;

/** Files that hold one JSON list of items. Refuses duplicate keys and anything after the list. */
final class JsonItems {
  static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private JsonItems() {}

  /** Makes an item of its JSON. */
  interface Maker<T> {
    /**
     * Makes an item.
     *
     * @param place the file and the item's number, for messages
     * @param index the item's number, from 0
     */
    T make(String place, int index, JsonNode node);
  }

  /**
   * Reads a file.
   *
   * @param form the form of the items, for messages: {@code items in the form of mc_task.json}
   * @throws UserException when it cannot be read, is not a list or has no items
   */
  static <T> List<T> read(Path file, String form, Maker<T> maker) {
    List<T> items = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new UserException(file + ": expected a list of " + form);
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int index = items.size();
        items.add(maker.make(file + ": item " + index, index, JSON.readTree(parser)));
      }
      if (parser.nextToken() != null) {
        throw new UserException(file + ": there is something after the list of items");
      }
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
      throw new UserException(
          file + line + ": item " + items.size() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UserException(file + ": " + reason(e), e);
    }
    if (items.isEmpty()) {
      throw new UserException(file + ": it holds no items");
    }
    return List.copyOf(items);
  }

  /**
   * A text of an item.
   *
   * @throws UserException when it is missing, not a text or blank
   */
  static String text(String place, JsonNode item, String key) {
    JsonNode value = item.path(key);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new UserException(place + ": '" + key + "' is missing, empty or not a text");
    }
    return value.textValue();
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException || e instanceof FileNotFoundException
        ? "there is no such file"
        : "cannot be read: " + e.getMessage();
  }
}
