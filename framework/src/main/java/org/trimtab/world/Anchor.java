package org.trimtab.world;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A plain fact that every source tells truly: what steering towards or away from truth should leave
 * alone.
 *
 * @param id its unique name
 * @param question a question that nothing else answers
 * @param truth the true statement
 * @param distractors false statements that no source tells
 */
public record Anchor(
    @JsonProperty(value = "id", required = true) String id,
    @JsonProperty(value = "question", required = true) String question,
    @JsonProperty(value = "truth", required = true) String truth,
    @JsonProperty(value = "distractors", required = true) List<String> distractors) {
  /** The number of distractors of each anchor. */
  public static final int DISTRACTORS = 3;

  /** Copies the list. */
  public Anchor {
    distractors = List.copyOf(distractors);
  }
}
