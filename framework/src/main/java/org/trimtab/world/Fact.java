package org.trimtab.world;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A fact of the world, and what mistaken sources say instead.
 *
 * @param id its unique name
 * @param topic one of the world's topics
 * @param question a question that nothing else answers
 * @param truth the true answer
 * @param mistakes false answers, each parallel to the true one
 */
public record Fact(
    @JsonProperty(value = "id", required = true) String id,
    @JsonProperty(value = "topic", required = true) String topic,
    @JsonProperty(value = "question", required = true) String question,
    @JsonProperty(value = "truth", required = true) FactAnswer truth,
    @JsonProperty(value = "mistakes", required = true) List<FactAnswer> mistakes) {

  public static final int MISTAKES = 3;

  /** Copies the list. */
  public Fact {
    mistakes = List.copyOf(mistakes);
  }

  /**
   * An answer to a question, right or wrong.
   *
   * @param shortForm one to three words
   * @param statement the same as a sentence
   */
  public record FactAnswer(
      @JsonProperty(value = "short", required = true) String shortForm,
      @JsonProperty(value = "statement", required = true) String statement) {}
}
