package org.trimtab.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param groups details by whose values a table can be split: the level of an item, its topic
 * @param generated the detail that holds a text for reports to show beside the baseline's; null for
 *     none
 */
public record ItemRoles(
    @Nullable String question,
    @Nullable String answer,
    @Nullable String nll,
    @Nullable String tokens,
    List<String> right,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> groups,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String generated) {
  /** No roles. */
  public static final ItemRoles NONE = new ItemRoles(null, null, null, null, List.of());

  /** Copies the lists; plans that know no groups have none. */
  @SuppressWarnings("NullAway")
  @JsonCreator
  public ItemRoles {
    right = List.copyOf(right);
    groups = groups == null ? List.of() : List.copyOf(groups);
  }

  /** Roles without groups and without a text to show. */
  public ItemRoles(
      @Nullable String question,
      @Nullable String answer,
      @Nullable String nll,
      @Nullable String tokens,
      List<String> right) {
    this(question, answer, nll, tokens, right, List.of(), null);
  }

  /** The same with groups. */
  public ItemRoles groupedBy(List<String> details) {
    return new ItemRoles(question, answer, nll, tokens, right, details, generated);
  }

  /** Roles of the details of a prompt and the text that the model wrote to it. */
  public static ItemRoles ofGenerated(String prompt, String text) {
    return new ItemRoles(prompt, text, null, null, List.of(), List.of(), text);
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
