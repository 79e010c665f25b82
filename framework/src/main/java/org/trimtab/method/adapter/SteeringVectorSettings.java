package org.trimtab.method.adapter;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.ModelFacts;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.spec.Key;

/**
 * Settings of the steering vector that is chosen by its training facts.
 *
 * @param train the facts to learn from
 * @param layers the blocks to choose from; null for the published ones, scaled to the model's depth
 * @param strengths the factors on the vector to choose from
 */
public record SteeringVectorSettings(
    @Key("the facts to learn from, with distractors") TrainingSettings train,
    @Key(
            value =
                "blocks to choose from, 0-based; default: 5, 10, 18, 25 and 33 of 36, scaled to the"
                    + " model's depth",
            min = 0)
        @Nullable List<Integer> layers,
    @Key(value = "factors on the vector to choose from; default: 0.5, 1, 1.5, 2, 3 and 5", min = 0)
        @Nullable List<Double> strengths)
    implements MethodSettings {
  private static final int PUBLISHED_DEPTH = 36;
  private static final List<Integer> PUBLISHED_LAYERS = List.of(5, 10, 18, 25, 33);
  private static final List<Double> PUBLISHED_STRENGTHS = List.of(0.5, 1.0, 1.5, 2.0, 3.0, 5.0);

  /** Copies the lists, and refuses empty ones. */
  public SteeringVectorSettings {
    strengths = strengths == null ? PUBLISHED_STRENGTHS : List.copyOf(strengths);
    layers = layers == null ? null : List.copyOf(layers);
    if (strengths.isEmpty() || (layers != null && layers.isEmpty())) {
      throw new UserException(
          "'layers' and 'strengths' need at least one value to choose from; left out they are the"
              + " published ones");
    }
  }

  @Override
  public Set<DatasetKind> learnsFrom() {
    return Set.of(DatasetKind.FACTS);
  }

  @Override
  public void check(ModelFacts model) {
    for (int layer : candidates(model.layers())) {
      if (layer >= model.layers()) {
        throw new UserException(
            "layers: %d is no block of this model, whose blocks are 0-%d"
                .formatted(layer, model.layers() - 1));
      }
    }
  }

  /** The factors to choose from. */
  List<Double> factors() {
    return strengths == null ? PUBLISHED_STRENGTHS : strengths;
  }

  /** The blocks to choose from, ascending. */
  List<Integer> candidates(int depth) {
    IntStream chosen =
        layers != null
            ? layers.stream().mapToInt(Integer::intValue)
            : PUBLISHED_LAYERS.stream()
                .mapToInt(at -> (int) Math.round((double) at * depth / PUBLISHED_DEPTH))
                .map(at -> Math.min(at, depth - 1));
    return chosen.distinct().sorted().boxed().toList();
  }
}
