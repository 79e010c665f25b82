package org.trimtab.method;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.trimtab.data.MultipleChoice;

/**
 * The texts of one item from which a direction is learned.
 *
 * @param special texts that have the property, such as those that tell the truth
 * @param general texts that do not
 * @param chat whether each is the content of a user turn rather than plain text
 */
public record Contrast(List<String> special, List<String> general, boolean chat) {
  /** Copies the lists. */
  public Contrast {
    special = List.copyOf(special);
    general = List.copyOf(general);
  }

  /** The texts of a multiple-choice item, from the choices of mc2. */
  public static Contrast of(MultipleChoice item, DirectionalEditSettings.Lines lines) {
    List<String> right = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < item.mc2().size(); i++) {
      (item.mc2().labels().get(i) ? right : wrong).add(item.mc2().texts().get(i));
    }
    return switch (lines) {
      case CARDS -> cards(item.question(), item.mc1().texts().get(0), right, wrong);
      case ANSWERS ->
          new Contrast(
              right.stream().map(answer -> answered(item.question(), answer)).toList(),
              wrong.stream().map(answer -> answered(item.question(), answer)).toList(),
              false);
    };
  }

  /**
   * As on the "Directional Enhancement" model cards: {@code question | best answer | correct
   * answers joined by "; "} against {@code question | incorrect answers joined by "; "}.
   */
  private static Contrast cards(
      String question, String best, List<String> right, List<String> wrong) {
    return new Contrast(
        List.of(question + " | " + best + " | " + String.join("; ", right)),
        List.of(question + " | " + String.join("; ", wrong)),
        true);
  }

  private static String answered(String question, String answer) {
    return "Q: " + question + "\nA: " + answer;
  }

  /** All texts, the special ones first. */
  public List<String> texts() {
    return Stream.concat(special.stream(), general.stream()).toList();
  }
}
