package org.trimtab.method;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.trimtab.UserException;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.plan.Cell;
import org.trimtab.spec.MethodKind;

/**
 * The common part of the directional edit and its controls: everything except the origin of the
 * direction.
 */
abstract class DirectionMethod extends BuiltInMethod<DirectionalEditSettings> {
  DirectionMethod(String name, int version, MethodKind kind) {
    super(name, version, kind, DirectionalEditSettings.class);
  }

  /** The direction for a hidden state, for one cell. */
  abstract IntFunction<Direction> directions(
      Cell cell, FitContext context, DirectionalEditSettings settings);

  @Override
  public Map<Integer, TrainingTexts> contrasts(
      Cell cell, DirectionalEditSettings settings, FitContext context) {
    Map<Integer, TrainingTexts> contrasts = new TreeMap<>();
    TrainingTexts.of(settings, context, item -> true)
        .forEach(texts -> contrasts.put(texts.item(), texts));
    return contrasts;
  }

  @Override
  public int lowestLayer(DirectionalEditSettings settings) {
    return settings.firstLayer();
  }

  @Override
  public Set<Integer> hiddenStates(DirectionalEditSettings settings) {
    Set<Integer> indices = new TreeSet<>();
    for (int layer = settings.firstLayer(); layer <= settings.lastLayer(); layer++) {
      indices.add(settings.source(layer));
    }
    return indices;
  }

  @Override
  public FittedMethod fit(Cell cell, DirectionalEditSettings settings, FitContext context) {
    ModelConfig config = context.model().decoder().config();
    if (settings.side().only() == OProjEdit.Side.INPUT
        && config.attentionWidth() != config.hidden()) {
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
    double factor = settings.factor().only();
    Intervention edit = edit(context, settings, directions, factor);
    Map<String, Object> facts = new TreeMap<>();
    facts.put("direction.hidden_states", norms.keySet().stream().toList());
    facts.put("direction.norms", norms.values().stream().toList());
    if (cell.training() != null) {
      facts.put("training.items", cell.training().items().size());
    }
    Adjustable adjustable =
        new Adjustable(
            factor,
            settings.layers().only(),
            (value, layers) -> {
              DirectionalEditSettings at = settings.at(layers);
              return edit(context, at, at.directions(made), value);
            });
    return new FittedMethod(
        edit, facts, Optional.of(adjustable), Optional.of(kept(settings, directions)));
  }

  private LearnedDirections kept(
      DirectionalEditSettings settings, Map<Integer, float[]> directions) {
    String states =
        directions.keySet().stream()
            .map(layer -> layer + ":" + settings.source(layer))
            .collect(Collectors.joining(","));
    return new LearnedDirections(
        new TreeMap<>(directions),
        Map.of("method", name(), "hidden_states", states, "unit_length", "true"));
  }

  private static Intervention edit(
      FitContext context,
      DirectionalEditSettings settings,
      Map<Integer, float[]> directions,
      double factor) {
    return new OProjEdit(
        context.model().decoder().manager(),
        directions,
        settings.side().only(),
        factor,
        settings.normPreserving().only());
  }
}
