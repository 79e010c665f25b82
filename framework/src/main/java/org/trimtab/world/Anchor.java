package org.trimtab.world;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A plain fact that every source states correctly and that steering should leave alone.
 *
 * @param id its unique name
 * @param question a question that nothing else answers
 * @param truth the true statement
 * @param distractors false statements that no source makes
 */
public record Anchor(
    @JsonProperty(value = "id", required = true) String id,
    @JsonProperty(value = "question", required = true) String question,
    @JsonProperty(value = "truth", required = true) String truth,
    @JsonProperty(value = "distractors", required = true) List<String> distractors) {

  public static final int DISTRACTORS = 3;

  /** Copies the list. */
  public Anchor {
    distractors = List.copyOf(distractors);
  }
}
