package org.trimtab.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.spec.HiddenState;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Levels;
import org.trimtab.spec.Settings;

/**
 * One level of every factor of a directional edit, as a cell's resolved settings hold them.
 *
 * @param firstLayer first edited block
 * @param lastLayer last edited block
 * @param hiddenState index of the hidden state that the direction is learned at; -1 when every
 *     layer has its own
 * @param perLayer whether every edited layer has a direction of its own, from its block's output
 * @param lines the texts that the direction is learned from
 * @param factor k
 * @param side the axis of o_proj
 * @param normPreserving whether columns keep their length
 */
record EditSettings(
    int firstLayer,
    int lastLayer,
    int hiddenState,
    boolean perLayer,
    DirectionalEditSettings.Lines lines,
    double factor,
    OProjEdit.Side side,
    boolean normPreserving) {
  /** A cell's ranges are resolved, so they mean the same numbers in a model of any size. */
  private static final int ANY_SIZE = Integer.MAX_VALUE;

  /** Reads a cell's settings. */
  static EditSettings of(ObjectNode settings) {
    DirectionalEditSettings bound = Settings.bind(settings, DirectionalEditSettings.class);
    LayerRange layers = bound.layers().only();
    @Nullable Levels<HiddenState> state = bound.direction().hiddenState();
    return new EditSettings(
        layers.first(ANY_SIZE),
        layers.last(ANY_SIZE),
        state == null ? -1 : state.only().index(ANY_SIZE),
        bound.direction().source() == DirectionalEditSettings.Source.PER_LAYER,
        bound.direction().lines(),
        bound.factor().only(),
        OProjEdit.Side.valueOf(bound.side().only().name()),
        bound.normPreserving().only());
  }

  /** The hidden state that a layer's direction comes from. */
  int source(int layer) {
    return perLayer ? layer + 1 : hiddenState;
  }

  /** A direction for each edited layer. */
  Map<Integer, float[]> directions(IntFunction<Direction> atHiddenState) {
    Map<Integer, Direction> made = new TreeMap<>();
    Map<Integer, float[]> directions = new TreeMap<>();
    for (int layer = firstLayer; layer <= lastLayer; layer++) {
      Direction direction = made.computeIfAbsent(source(layer), atHiddenState::apply);
      directions.put(layer, direction.unit());
    }
    return directions;
  }
}
