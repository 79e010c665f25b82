package org.trimtab.run;

import java.time.Duration;
import java.util.Map;
import org.trimtab.plan.Cell;

/** Listens to a runner, on the runner's thread. Each event is optional. */
public interface Progress {
  /** Tells nobody. */
  Progress SILENT = new Progress() {};

  /**
   * The run begins.
   *
   * @param reused cells that an earlier run has ended
   * @param tokens the tokens still to be scored, by index of the cell, for every cell to do
   */
  default void runStarted(int reused, Map<Integer, Long> tokens) {}

  /** A cell begins or continues. */
  default void cellStarted(Cell cell) {}

  /**
   * A cell's method learns.
   *
   * @param done training items that were read
   * @param total training items to read
   */
  default void fitting(Cell cell, int done, int total) {}

  /** A batch was scored and journaled. */
  default void batchScored(Cell cell, String evaluation, int batch, int batches, long tokens) {}

  /**
   * A cell ended.
   *
   * @param metrics what was measured, as prefix/name; empty unless it is done
   * @param seconds wall time of this session
   */
  default void cellEnded(Cell cell, CellEnd end, Map<String, Double> metrics, Duration seconds) {}

  /** Something that people should know. */
  default void message(String text) {}

  /** The run ended; nothing follows. */
  default void runEnded(RunOutcome outcome) {}

  /** Tells this one, then another. */
  default Progress and(Progress other) {
    return new ProgressPair(this, other);
  }
}
