package org.trimtab.evaluate.score;

import java.util.List;

/**
 * The requests of one item.
 *
 * @param item the item's id
 * @param group items of different groups never share a batch
 * @param requests its continuations; contexts may differ
 */
public record ScoringItem(int item, int group, List<Request> requests) {
  /** Copies the list. */
  public ScoringItem {
    requests = List.copyOf(requests);
  }
}
