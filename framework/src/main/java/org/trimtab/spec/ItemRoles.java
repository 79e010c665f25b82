package org.trimtab.spec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of an item's details and scores mean something to others than its evaluator.
 *
 * @param question the detail that holds the question or prompt; null for none
 * @param answer the detail that holds the model's answer; null for none
 * @param nll the detail that holds the negative log-likelihood of the item's tokens in nats; null
 *     for none
 * @param tokens the detail that holds the number of these tokens; null for none
 * @param right scores that are 1 for an item that was answered right, else 0; of those that an item
 *     has, the first counts
 */
public record ItemRoles(
    @Nullable String question,
    @Nullable String answer,
    @Nullable String nll,
    @Nullable String tokens,
    List<String> right) {
  /** No roles. */
  public static final ItemRoles NONE = new ItemRoles(null, null, null, null, List.of());

  /** Copies the list. */
  public ItemRoles {
    right = List.copyOf(right);
  }

  /** The details that hold question and answer, where there are any. */
  public List<String> texts() {
    return Stream.of(Optional.ofNullable(question), Optional.ofNullable(answer))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Roles of the details of a question. */
  public static ItemRoles ofQuestion(String question, @Nullable String answer, List<String> right) {
    return new ItemRoles(question, answer, null, null, right);
  }

  /** Roles of the details of a text. */
  public static ItemRoles ofText(String nll, String tokens) {
    return new ItemRoles(null, null, nll, tokens, List.of());
  }
}
