package org.trimtab.track;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a results folder is in MLflow.
 *
 * @param name the spec's name
 * @param cells cells that were begun
 * @param fresh cells whose run was created now
 * @param updated cells whose run was there and was added to
 * @param unchanged cells of which all was there
 * @param problems why the others are not, each reason once
 * @param experiment the experiment's page; null when the server gave none
 */
public record Synced(
    String name,
    int cells,
    int fresh,
    int updated,
    int unchanged,
    List<String> problems,
    @Nullable URI experiment) {
  /** Copies the list. */
  public Synced {
    problems = List.copyOf(problems);
  }

  /** One line for people, and the address. */
  public String text() {
    String counts =
        "%s: %d %s, %d new, %d updated, %d unchanged, %d failed"
            .formatted(
                name, cells, cells == 1 ? "cell" : "cells", fresh, updated, unchanged, missing());
    return counts + page().map(page -> "\n" + page).orElse("");
  }

  /** Cells of which something is not in MLflow. */
  public int missing() {
    return cells - fresh - updated - unchanged;
  }

  /** Whether all of it is in MLflow, files of the whole sweep included. */
  public boolean complete() {
    return problems.isEmpty();
  }

  /** The experiment's page, if the server has it. */
  public Optional<URI> page() {
    return Optional.ofNullable(experiment);
  }
}
