package org.example.letters;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.Method;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.Rows;
import org.trimtab.plan.Cell;
import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Levels;
import org.trimtab.spec.MethodKind;

/** Takes away what the attention of some blocks writes to the residual stream. */
public final class SilencedBlock implements Method<SilencedBlock.SilenceSettings> {
  /** Raised whenever the results change. */
  private static final int VERSION = 1;

  /**
   * The keys of {@code silenced-block} in a spec.
   *
   * @param layers the blocks; a list of ranges makes a cell for each
   */
  public record SilenceSettings(
      @Key("blocks whose attention is silenced, 0-based and inclusive: 3, 2-5, last 25%")
          Levels<LayerRange> layers)
      implements MethodSettings {}

  /**
   * What runs in the model.
   *
   * @param first the lowest block that is silenced
   * @param last the highest one
   */
  record Silence(int first, int last) implements Intervention {
    @Override
    public int lowestLayer() {
      return first;
    }

    /** Zeroes the concatenated heads, so that o_proj makes nothing of them. */
    @Override
    public NDArray oProjInput(int layer, NDArray heads, Rows rows) {
      return first <= layer && layer <= last ? heads.zerosLike() : heads;
    }
  }

  @Override
  public String name() {
    return "silenced-block";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public MethodKind kind() {
    return MethodKind.TREATMENT;
  }

  @Override
  public Class<SilenceSettings> settings() {
    return SilenceSettings.class;
  }

  @Override
  public int lowestLayer(SilenceSettings settings) {
    return settings.layers().only().first(Integer.MAX_VALUE);
  }

  @Override
  public FittedMethod fit(Cell cell, SilenceSettings settings, FitContext context) {
    LayerRange layers = settings.layers().only();
    return new FittedMethod(
        new Silence(layers.first(Integer.MAX_VALUE), layers.last(Integer.MAX_VALUE)), Map.of());
  }
}
