package org.trimtab.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.UserException;
import org.trimtab.data.ItemFile.Item;

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

    private static Choices of(Map<String, Boolean> labels) {
      return new Choices(List.copyOf(labels.keySet()), List.copyOf(labels.values()));
    }

    /** The number of choices. */
    public int size() {
      return texts.size();
    }
  }

  /**
   * Reads a file in any form that TruthfulQA has: objects with {@code question}, {@code
   * mc1_targets} and {@code mc2_targets}, each {@code {answer: 1 or 0, ...}} as in mc_task.json or
   * {@code {"choices": [...], "labels": [...]}} as on the hub; the table TruthfulQA.csv; objects
   * with {@code question}, {@code best_answer}, {@code correct_answers} and {@code
   * incorrect_answers}. Other fields are ignored.
   *
   * @throws UserException when the file cannot be read or an item is not of that form; names the
   *     item
   */
  public static List<MultipleChoice> read(Path file) {
    return ItemFile.read(file).stream().map(MultipleChoice::of).toList();
  }

  /** Whether an item has one of the forms. */
  static boolean is(Item item) {
    return item.has("mc1_targets") || item.has("Best Answer") || item.has("best_answer");
  }

  private static MultipleChoice of(Item item) {
    if (item.table()) {
      return answered(
          item,
          item.text("Question"),
          item.text("Best Answer"),
          List.of(item.text("Correct Answers").split(";")),
          List.of(item.text("Incorrect Answers").split(";")));
    }
    String question = item.text("question");
    if (item.has("best_answer")) {
      return answered(
          item,
          question,
          item.text("best_answer"),
          answers(item, "correct_answers"),
          answers(item, "incorrect_answers"));
    }
    Choices mc1 = choices(item, "mc1_targets");
    Choices mc2 = choices(item, "mc2_targets");
    if (!mc1.labels().get(0) || mc1.labels().lastIndexOf(true) != 0) {
      throw new UserException(
          item.place() + ": 'mc1_targets': the first choice must be the only one with label 1");
    }
    return new MultipleChoice(item.index(), question, mc1, mc2);
  }

  /**
   * Makes choices of answers as TruthfulQA's own program does: each ends with a full stop, mc1 is
   * the best answer and the false ones. An answer that is listed as true and as false is false, as
   * in mc_task.json.
   */
  private static MultipleChoice answered(
      Item item, String question, String best, List<String> correct, List<String> incorrect) {
    Map<String, Boolean> mc1 = new LinkedHashMap<>();
    Map<String, Boolean> mc2 = new LinkedHashMap<>();
    mc1.put(closed(best), true);
    for (String answer : correct) {
      if (!answer.isBlank()) {
        mc2.put(closed(answer), true);
      }
    }
    for (String answer : incorrect) {
      if (!answer.isBlank()) {
        mc1.put(closed(answer), false);
        mc2.put(closed(answer), false);
      }
    }
    if (!mc1.containsValue(true) || !mc1.containsValue(false) || !mc2.containsValue(true)) {
      throw new UserException(
          item.place()
              + ": needs at least one correct and one incorrect answer, and a best answer that is"
              + " not among the incorrect ones");
    }
    return new MultipleChoice(item.index(), question, Choices.of(mc1), Choices.of(mc2));
  }

  private static String closed(String answer) {
    String text = answer.strip();
    return text.endsWith(".") ? text : text + ".";
  }

  private static List<String> answers(Item item, String name) {
    List<String> answers = new ArrayList<>();
    item.get(name).forEach(answer -> answers.add(text(item.place() + ": '" + name + "'", answer)));
    return answers;
  }

  private static String text(String place, JsonNode answer) {
    if (!answer.isTextual()) {
      throw new UserException(place + ": an answer is " + answer + ", expected a text");
    }
    if (answer.textValue().isBlank()) {
      throw new UserException(place + ": an answer is empty");
    }
    return answer.textValue();
  }

  private static Choices choices(Item item, String name) {
    String place = item.place() + ": '" + name + "'";
    JsonNode node = item.get(name);
    if (!node.isObject()) {
      throw new UserException(
          place
              + " is missing, or neither an object of answers with labels 0 or 1 nor one of lists"
              + " 'choices' and 'labels'");
    }
    Map<String, Boolean> labels = new LinkedHashMap<>();
    JsonNode texts = node.path("choices");
    if (texts.isArray()) {
      if (texts.size() != node.path("labels").size()) {
        throw new UserException(
            "%s: there are %d choices and %d labels"
                .formatted(place, texts.size(), node.path("labels").size()));
      }
      for (int i = 0; i < texts.size(); i++) {
        String text = text(place, texts.path(i));
        if (labels.put(text, label(place, text, node.path("labels").path(i))) != null) {
          throw new UserException(place + ": the answer '" + text + "' occurs twice");
        }
      }
    } else {
      for (Map.Entry<String, JsonNode> choice : node.properties()) {
        labels.put(choice.getKey(), label(place, choice.getKey(), choice.getValue()));
      }
    }
    if (labels.keySet().stream().anyMatch(String::isBlank)) {
      throw new UserException(place + ": an answer is empty");
    }
    if (!labels.containsValue(true) || !labels.containsValue(false)) {
      throw new UserException(place + ": needs at least one choice with label 1 and one with 0");
    }
    return Choices.of(labels);
  }

  private static boolean label(String place, String answer, JsonNode label) {
    if (!label.isInt() || label.intValue() < 0 || label.intValue() > 1) {
      throw new UserException(
          place + ": the label of '" + answer + "' is " + label + ", expected 0 or 1");
    }
    return label.intValue() == 1;
  }
}
