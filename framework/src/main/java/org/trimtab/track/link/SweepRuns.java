package org.trimtab.track.link;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * A sweep in MLflow.
 *
 * @param server the server's address, with a path if it has one; without a user
 * @param experiment the experiment's id
 * @param run the id of the sweep's own run, the parent of its cells
 * @param name the sweep's name
 * @param started when it started, as shown by the saved view
 * @param cells the ids of the cells' runs, the most interesting first
 * @param factors parameters that differ between cells, numbers or text, the most interesting first
 * @param metrics metrics of the cells, the most interesting first
 * @param primaryMetric the main metric; may be one of {@code metrics}
 */
public record SweepRuns(
    URI server,
    String experiment,
    String run,
    String name,
    Instant started,
    List<String> cells,
    List<String> factors,
    List<String> metrics,
    String primaryMetric) {
  /** Copies the lists. */
  public SweepRuns {
    cells = List.copyOf(cells);
    factors = List.copyOf(factors);
    metrics = List.copyOf(metrics);
  }
}
