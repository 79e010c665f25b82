package org.trimtab.model.intervene;

/**
 * A text before every prompt of a task; the model is unchanged.
 *
 * @param context the text, including the separator at its end
 */
public record PromptContext(String context) implements Intervention {
  /** No block is changed; what differs is what the model reads. */
  @Override
  public int lowestLayer() {
    return Integer.MAX_VALUE;
  }
}
