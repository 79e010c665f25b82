package org.trimtab.method;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.trimtab.UserException;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.plan.Cell;

/** What the directional edit and its controls share: everything but where the direction is from. */
abstract class DirectionMethod implements Method {
  /** The direction that belongs to a hidden state, for one cell. */
  abstract IntFunction<Direction> directions(Cell cell, FitContext context, EditSettings settings);

  @Override
  public int lowestLayer(ObjectNode settings) {
    return EditSettings.of(settings).firstLayer();
  }

  @Override
  public Set<Integer> hiddenStates(ObjectNode settings) {
    EditSettings edit = EditSettings.of(settings);
    Set<Integer> indices = new TreeSet<>();
    for (int layer = edit.firstLayer(); layer <= edit.lastLayer(); layer++) {
      indices.add(edit.source(layer));
    }
    return indices;
  }

  @Override
  public FittedMethod fit(Cell cell, FitContext context) {
    EditSettings settings = EditSettings.of(cell.settings());
    ModelConfig config = context.model().decoder().config();
    if (settings.side() == OProjEdit.Side.INPUT && config.attentionWidth() != config.hidden()) {
      throw new UserException(
          "side: input needs an o_proj that is square, but this model's maps %d head entries to %d; use side: output"
              .formatted(config.attentionWidth(), config.hidden()));
    }
    Map<Integer, Double> norms = new TreeMap<>();
    IntFunction<Direction> made = directions(cell, context, settings);
    Map<Integer, float[]> directions =
        settings.directions(
            index -> {
              Direction direction = made.apply(index);
              norms.put(index, direction.norm());
              return direction;
            });
    NDManager manager = context.model().decoder().manager();
    OProjEdit edit =
        new OProjEdit(
            manager, directions, settings.side(), settings.factor(), settings.normPreserving());
    Map<String, Object> facts = new TreeMap<>();
    facts.put("direction.hidden_states", norms.keySet().stream().toList());
    facts.put("direction.norms", norms.values().stream().toList());
    if (cell.training() != null) {
      facts.put("training.items", cell.training().items().size());
    }
    return new FittedMethod(edit, facts);
  }
}
