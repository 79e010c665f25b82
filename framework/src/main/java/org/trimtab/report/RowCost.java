package org.trimtab.report;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trimtab.run.CellCost;
import org.trimtab.run.GenerationTime;

/**
 * What a row costs: means over its cells of what they recorded; null for what none of them did.
 *
 * @param parameters the parameters that the intervention changes or adds
 * @param fitSeconds wall time of a fit
 * @param fitTokens tokens that the model read during a fit
 * @param tokenTime time per generated token over that of the unmodified model
 */
public record RowCost(
    @Nullable Double parameters,
    @Nullable Double fitSeconds,
    @Nullable Double fitTokens,
    @Nullable Double tokenTime) {

  static RowCost of(List<ScoredCell> cells) {
    Function<Function<CellCost, @Nullable Number>, @Nullable Double> fits =
        value -> mean(cells, cell -> cell.cost() == null ? null : value.apply(cell.cost()));
    return new RowCost(
        fits.apply(CellCost::parameters),
        fits.apply(CellCost::fitSeconds),
        fits.apply(CellCost::fitTokens),
        mean(cells, cell -> ratio(cell.generation())));
  }

  private static @Nullable Double ratio(@Nullable GenerationTime time) {
    return time == null || time.unmodified() <= 0 ? null : time.seconds() / time.unmodified();
  }

  private static @Nullable Double mean(
      List<ScoredCell> cells, Function<ScoredCell, @Nullable Number> value) {
    OptionalDouble mean =
        cells.stream()
            .map(value)
            .filter(Objects::nonNull)
            .mapToDouble(Number::doubleValue)
            .average();
    return mean.isPresent() ? mean.getAsDouble() : null;
  }

  /** Whether anything is known. */
  public boolean isKnown() {
    return parameters != null || fitSeconds != null || fitTokens != null || tokenTime != null;
  }
}
