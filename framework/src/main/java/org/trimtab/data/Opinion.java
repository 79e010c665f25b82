package org.trimtab.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.UserException;

/**
 * A question that people answered, and how many chose each answer.
 *
 * @param index its position in the file, from 0; the item's id
 * @param prompt the text that the answers follow, as it is given to a model
 * @param options the answers, as they continue the prompt
 * @param shares the share of people who chose each; they sum to 1
 */
public record Opinion(int index, String prompt, List<String> options, List<Double> shares) {
  /** Copies the lists. */
  public Opinion {
    options = List.copyOf(options);
    shares = List.copyOf(shares);
  }

  /**
   * Reads a file: a list of {@code {"prompt": text, "options": [text, ...], "shares": [number,
   * ...]}}. Shares may be counts: they are divided by their sum.
   *
   * @throws UserException when it cannot be read or an item is not of that form; names the item
   */
  public static List<Opinion> read(Path file) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read: " + e.getMessage(), e);
    }
    if (!root.isArray() || root.isEmpty()) {
      throw new UserException(
          file + ": expected a list of {\"prompt\": ..., \"options\": [...], \"shares\": [...]}");
    }
    List<Opinion> opinions = new ArrayList<>();
    for (JsonNode item : root) {
      opinions.add(item(file + ": item " + opinions.size(), opinions.size(), item));
    }
    return List.copyOf(opinions);
  }

  private static Opinion item(String place, int index, JsonNode item) {
    JsonNode prompt = item.path("prompt");
    if (!prompt.isTextual() || prompt.textValue().isBlank()) {
      throw new UserException(place + ": 'prompt' is missing or not a text");
    }
    List<String> options = new ArrayList<>();
    for (JsonNode option : item.path("options")) {
      if (!option.isTextual() || option.textValue().isBlank()) {
        throw new UserException(place + ": an option is " + option + ", expected a text");
      }
      options.add(option.textValue());
    }
    List<Double> weights = new ArrayList<>();
    double sum = 0;
    for (JsonNode share : item.path("shares")) {
      if (!share.isNumber() || !(share.doubleValue() >= 0)) {
        throw new UserException(place + ": a share is " + share + ", expected a number from 0 up");
      }
      weights.add(share.doubleValue());
      sum += share.doubleValue();
    }
    if (options.size() < 2 || options.size() != weights.size() || !(sum > 0)) {
      throw new UserException(
          "%s: needs two options or more and a share for each, not all 0; found %d options and %d shares"
              .formatted(place, options.size(), weights.size()));
    }
    double total = sum;
    return new Opinion(
        index, prompt.textValue(), options, weights.stream().map(each -> each / total).toList());
  }
}
