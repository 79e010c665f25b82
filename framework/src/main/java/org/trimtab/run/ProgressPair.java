package org.trimtab.run;

import java.time.Duration;
import java.util.Map;
import org.trimtab.plan.Cell;

/** Forwards every event to both listeners, in order. */
record ProgressPair(Progress first, Progress second) implements Progress {
  @Override
  public void runStarted(int reused, Map<Integer, Long> tokens) {
    first.runStarted(reused, tokens);
    second.runStarted(reused, tokens);
  }

  @Override
  public void cellStarted(Cell cell) {
    first.cellStarted(cell);
    second.cellStarted(cell);
  }

  @Override
  public void fitting(Cell cell, int done, int total) {
    first.fitting(cell, done, total);
    second.fitting(cell, done, total);
  }

  @Override
  public void batchScored(Cell cell, String evaluation, int batch, int batches, long tokens) {
    first.batchScored(cell, evaluation, batch, batches, tokens);
    second.batchScored(cell, evaluation, batch, batches, tokens);
  }

  @Override
  public void cellEnded(Cell cell, CellEnd end, Map<String, Double> metrics, Duration seconds) {
    first.cellEnded(cell, end, metrics, seconds);
    second.cellEnded(cell, end, metrics, seconds);
  }

  @Override
  public void message(String text) {
    first.message(text);
    second.message(text);
  }

  @Override
  public void runEnded(RunOutcome outcome) {
    first.runEnded(outcome);
    second.runEnded(outcome);
  }
}
