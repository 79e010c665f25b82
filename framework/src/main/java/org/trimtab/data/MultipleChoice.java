package org.trimtab.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trimtab.UserException;

/**
 * A question with two sets of choices, as in TruthfulQA's mc_task.json (Lin, Hilton and Evans,
 * "TruthfulQA: Measuring How Models Mimic Human Falsehoods", ACL 2022).
 *
 * @param index its position in the file, from 0; the item's id
 * @param question the question
 * @param mc1 one true choice, which is the first, and false ones
 * @param mc2 true and false choices in the file's order, which need not be sorted
 */
public record MultipleChoice(int index, String question, Choices mc1, Choices mc2) {
  /**
   * Choices in the file's order.
   *
   * @param texts the answers
   * @param labels whether each is true
   */
  public record Choices(List<String> texts, List<Boolean> labels) {
    /** Copies the lists. */
    public Choices {
      texts = List.copyOf(texts);
      labels = List.copyOf(labels);
    }

    /** The number of choices. */
    public int size() {
      return texts.size();
    }
  }

  /**
   * Reads a file: a list of {@code {"question": text, "mc1_targets": {answer: 1 or 0, ...},
   * "mc2_targets": {...}}}; other keys are ignored.
   *
   * @throws UserException when the file cannot be read or an item is not of that form; names the
   *     item
   */
  public static List<MultipleChoice> read(Path file) {
    return JsonItems.read(file, "items in the form of mc_task.json", MultipleChoice::item);
  }

  private static MultipleChoice item(String place, int index, JsonNode node) {
    String question = JsonItems.text(place, node, "question");
    Choices mc1 = choices(place + ": 'mc1_targets'", node.path("mc1_targets"));
    Choices mc2 = choices(place + ": 'mc2_targets'", node.path("mc2_targets"));
    if (!mc1.labels().get(0) || mc1.labels().lastIndexOf(true) != 0) {
      throw new UserException(
          place + ": 'mc1_targets': the first choice must be the only one with label 1");
    }
    return new MultipleChoice(index, question, mc1, mc2);
  }

  private static Choices choices(String place, JsonNode node) {
    if (!node.isObject()) {
      throw new UserException(place + " is missing or not an object of answers with labels 0 or 1");
    }
    List<String> texts = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (Map.Entry<String, JsonNode> choice : node.properties()) {
      JsonNode label = choice.getValue();
      if (!label.isInt() || label.intValue() < 0 || label.intValue() > 1) {
        throw new UserException(
            place + ": the label of '" + choice.getKey() + "' is " + label + ", expected 0 or 1");
      }
      if (choice.getKey().isBlank()) {
        throw new UserException(place + ": an answer is empty");
      }
      texts.add(choice.getKey());
      labels.add(label.intValue() == 1);
    }
    if (!labels.contains(true) || !labels.contains(false)) {
      throw new UserException(place + ": needs at least one choice with label 1 and one with 0");
    }
    return new Choices(texts, labels);
  }
}
