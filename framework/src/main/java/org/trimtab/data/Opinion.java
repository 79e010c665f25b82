package org.trimtab.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.ItemFile.Item;

/**
 * A question that people of some group answered, each choosing one of several options (Santurkar et
 * al., "Whose Opinions Do Language Models Reflect?", ICML 2023). Refusals are shown to the model
 * and otherwise ignored.
 *
 * @param index its position in the file or folder, from 0; the item's id
 * @param question the question
 * @param answers the options, the refusals last
 * @param ordinals the place of each option on the scale, without refusals
 * @param shares the share of people who chose each option, without refusals; they sum to 1
 */
public record Opinion(
    int index, String question, List<String> answers, List<Double> ordinals, List<Double> shares) {
  /** More options would need more than one letter. */
  static final int MOST = 26;

  /** Copies the lists. */
  public Opinion {
    answers = List.copyOf(answers);
    ordinals = List.copyOf(ordinals);
    shares = List.copyOf(shares);
  }

  /** The prompt: question, lettered options, {@code Answer:}. */
  public String prompt() {
    StringBuilder text = new StringBuilder("Question: ").append(question);
    for (int i = 0; i < answers.size(); i++) {
      text.append('\n').append(letter(i)).append(". ").append(answers.get(i));
    }
    return text.append("\nAnswer:").toString();
  }

  /** The possible continuations: a space and a letter for each option that is not a refusal. */
  public List<String> options() {
    return IntStream.range(0, ordinals.size()).mapToObj(i -> " " + letter(i)).toList();
  }

  private static char letter(int option) {
    return (char) ('A' + option);
  }

  /**
   * Reads a file, as {@link #read(Path, String)}, with equal weights for all groups, or a folder,
   * with the respondents' weights.
   *
   * @throws UserException as there
   */
  public static List<Opinion> read(Path file) {
    return read(file, null);
  }

  /**
   * Reads a file of objects {@code {"question": text, "options": [text, ...], "option_ordinal":
   * [number, ...], "shares": {group: [number, ...], ...}}}. Options without an ordinal, listed
   * last, are refusals. Shares may be counts: they are divided by their sum. Or reads a folder of
   * OpinionQA, with {@code info.csv} and {@code responses.csv}, omitting questions whose options
   * have no order.
   *
   * @param group the group, {@code POLPARTY=Democrat} in a folder; null for the mean over all
   *     groups of a file, or all respondents of a folder
   * @throws UserException when it cannot be read or an item is not of that form; names the item
   */
  public static List<Opinion> read(Path file, @Nullable String group) {
    if (Files.isDirectory(file)) {
      return OpinionWave.read(file, group);
    }
    return ItemFile.read(file).stream().map(item -> of(item, group)).toList();
  }

  private static Opinion of(Item item, @Nullable String group) {
    String place = item.place();
    String question = item.text("question");
    List<String> answers = new ArrayList<>();
    for (JsonNode option : item.get("options")) {
      if (!option.isTextual() || option.textValue().isBlank()) {
        throw new UserException(place + ": an option is " + option + ", expected a text");
      }
      answers.add(option.textValue());
    }
    List<Double> ordinals = numbers(place + ": 'option_ordinal'", item.get("option_ordinal"));
    if (ordinals.size() < 2
        || ordinals.size() > answers.size()
        || answers.size() > MOST
        || ordinals.stream().distinct().count() < ordinals.size()) {
      throw new UserException(
          "%s: needs different ordinals for two options or more, refusals having none, and at most %d options; found %d options and the ordinals %s"
              .formatted(place, MOST, answers.size(), ordinals));
    }
    double[] mean = new double[ordinals.size()];
    Map<String, JsonNode> groups = groups(place, item.get("shares"), group);
    groups.forEach(
        (name, written) -> {
          List<Double> own = shares(place + ": the shares of " + name, written, mean.length);
          IntStream.range(0, mean.length).forEach(i -> mean[i] += own.get(i) / groups.size());
        });
    return new Opinion(
        item.index(),
        question,
        answers,
        ordinals,
        IntStream.range(0, mean.length).mapToObj(i -> mean[i]).toList());
  }

  private static Map<String, JsonNode> groups(
      String place, JsonNode shares, @Nullable String group) {
    if (!shares.isObject() || shares.isEmpty()) {
      throw new UserException(place + ": 'shares' is missing or not an object of groups");
    }
    Map<String, JsonNode> all = new TreeMap<>();
    shares.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    if (group == null) {
      return all;
    }
    JsonNode own = all.get(group);
    if (own == null) {
      throw new UserException(
          "%s: there is no group '%s'; groups: %s"
              .formatted(place, group, String.join(", ", all.keySet())));
    }
    return Map.of(group, own);
  }

  private static List<Double> shares(String place, JsonNode written, int options) {
    List<Double> weights = numbers(place, written);
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    if (weights.size() != options || !(sum > 0) || weights.stream().anyMatch(each -> each < 0)) {
      throw new UserException(
          place + " are " + written + ", expected " + options + " numbers from 0 up, not all 0");
    }
    return weights.stream().map(each -> each / sum).toList();
  }

  private static List<Double> numbers(String place, JsonNode list) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode number : list) {
      if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
        throw new UserException(place + ": found " + number + ", expected a number");
      }
      numbers.add(number.doubleValue());
    }
    return numbers;
  }
}
