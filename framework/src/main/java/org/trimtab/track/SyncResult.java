package org.trimtab.track;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a results folder in MLflow.
 *
 * @param name the spec's name
 * @param cells cells that were begun
 * @param fresh cells whose run was created now
 * @param updated cells whose run existed and was extended
 * @param unchanged cells whose run was complete
 * @param problems why the other cells are missing, each reason once
 * @param experiment the experiment's page; null when the server gave none
 * @param links links to the finished sweep; null while it runs
 */
public record SyncResult(
    String name,
    int cells,
    int fresh,
    int updated,
    int unchanged,
    List<String> problems,
    @Nullable URI experiment,
    @Nullable Links links) {
  /** Copies the list. */
  public SyncResult {
    problems = List.copyOf(problems);
  }

  /** A summary line with the address. */
  public String text() {
    String counts =
        "%s: %d %s, %d new, %d updated, %d unchanged, %d failed"
            .formatted(
                name, cells, cells == 1 ? "cell" : "cells", fresh, updated, unchanged, missing());
    return counts + "\n" + String.join("\n", where());
  }

  /** A line for each link, if the server has the experiment. */
  List<String> where() {
    if (links != null) {
      return links.lines(cells);
    }
    return experiment == null ? List.of() : List.of("Runs:       " + experiment);
  }

  /** The number of cells that are not completely in MLflow. */
  public int missing() {
    return cells - fresh - updated - unchanged;
  }

  /** Whether everything is in MLflow, including the sweep's own files. */
  public boolean complete() {
    return problems.isEmpty();
  }
}
