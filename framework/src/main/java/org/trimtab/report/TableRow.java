package org.trimtab.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row: a method with one setting, its folds and seeds merged.
 *
 * @param key what the spec calls the method: its name or an alias
 * @param method the method's name
 * @param settings its settings, flattened, with what it was trained on as {@code train}
 * @param items the number of items of the spec's first evaluation that the row scored
 * @param seeds the number of seeds
 * @param values the merged metrics as prefix/name; empty when a cell diverged or none is done
 * @param differences how far main metrics are from those of the reference row, as prefix/name;
 *     empty for that row itself
 * @param splits main metrics over random splits, as prefix/name; empty for a row without splits
 * @param notes what the reader must know: diverged, failed, no-op, leaky
 * @param leaky whether it scored items that it was trained on
 * @param control whether it is another method with one thing broken on purpose
 * @param cost what it costs
 * @param cells the ids of its cells, in plan order
 */
public record TableRow(
    String key,
    String method,
    Map<String, String> settings,
    int items,
    int seeds,
    Map<String, Value> values,
    Map<String, PairedDifference> differences,
    Map<String, OverSplits> splits,
    List<String> notes,
    boolean leaky,
    boolean control,
    RowCost cost,
    List<String> cells) {

  /**
   * A merged metric.
   *
   * @param mean the mean over seeds
   * @param deviation the sample standard deviation over seeds; null with one seed
   */
  public record Value(double mean, @Nullable Double deviation) {}

  /** A metric's value. */
  public Optional<Value> value(String metric) {
    return Optional.ofNullable(values.get(metric));
  }

  /** The difference from the reference row in a metric, tested or not. */
  public Optional<PairedDifference> difference(String metric) {
    return Optional.ofNullable(differences.get(metric));
  }

  /** The test of a difference. */
  public Optional<PairedDifference.Test> test(String metric) {
    return difference(metric).map(PairedDifference::test);
  }

  /** A metric over random splits. */
  public Optional<OverSplits> overSplits(String metric) {
    return Optional.ofNullable(splits.get(metric));
  }

  /** All tests. */
  public List<PairedDifference.Test> tests() {
    return differences.keySet().stream().flatMap(metric -> test(metric).stream()).toList();
  }

  TableRow compared(Map<String, PairedDifference> with) {
    return new TableRow(
        key, method, settings, items, seeds, values, with, splits, notes, leaky, control, cost,
        cells);
  }
}
