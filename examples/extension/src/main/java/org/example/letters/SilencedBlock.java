package org.example.letters;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.Method;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.Rows;
import org.trimtab.plan.Cell;
import org.trimtab.spec.Key;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Levels;
import org.trimtab.spec.MethodDeclaration;
import org.trimtab.spec.MethodKind;
import org.trimtab.spec.Settings;

/** Takes away what the attention of some blocks writes to the residual stream. */
public final class SilencedBlock implements Method {
  /** Raised whenever the results change. */
  private static final int VERSION = 1;

  /**
   * The keys of {@code silenced-block} in a spec.
   *
   * @param layers the blocks; a list of ranges makes a cell for each
   */
  public record SilenceSettings(
      @Key("blocks whose attention is silenced, 0-based and inclusive: 3, 2-5, last 25%")
          Levels<LayerRange> layers) {}

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
  public MethodDeclaration declaration() {
    return new MethodDeclaration(
        "silenced-block", VERSION, MethodKind.TREATMENT, SilenceSettings.class);
  }

  @Override
  public int lowestLayer(ObjectNode settings) {
    return silence(settings).first();
  }

  /** It learns nothing, so it reads no hidden state. */
  @Override
  public Set<Integer> hiddenStates(ObjectNode settings) {
    return Set.of();
  }

  @Override
  public FittedMethod fit(Cell cell, FitContext context) {
    return new FittedMethod(silence(cell.settings()), Map.of());
  }

  private static Silence silence(ObjectNode settings) {
    LayerRange layers = Settings.bind(settings, SilenceSettings.class).layers().only();
    return new Silence(layers.first(Integer.MAX_VALUE), layers.last(Integer.MAX_VALUE));
  }
}
