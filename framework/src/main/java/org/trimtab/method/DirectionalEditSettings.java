package org.trimtab.method;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.ModelFacts;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.spec.HiddenState;
import org.trimtab.spec.Key;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Levels;

/**
 * Settings of the directional edit of o_proj: W' = W + k d (d^T W) with the unit difference of two
 * means d.
 *
 * @param train the training items of the direction
 * @param direction where the direction is read
 * @param layers the blocks whose o_proj is edited
 * @param factor k; 0 changes nothing
 * @param side the axis of W to which d is applied
 * @param normPreserving whether the columns of W keep their norm
 */
public record DirectionalEditSettings(
    @Key("what the direction is learned from") TrainingSettings train,
    @Key(value = "where the direction is read", defaultValue = "{}") Direction direction,
    @Key(
            value =
                "blocks to edit, 0-based and inclusive: 7, 5-29, all, 60%, 40%-80%, first 10,"
                    + " last 25, last 25%",
            defaultValue = "all")
        Levels<LayerRange> layers,
    @Key(
            value = "strength k: the component along the direction is multiplied by 1 + k",
            defaultValue = "1.5")
        Levels<Double> factor,
    @Key(
            value = "the axis of o_proj that is edited: output (residual stream) or input (heads)",
            defaultValue = "output")
        Levels<OProjEdit.Side> side,
    @Key(value = "whether the columns of o_proj keep their length", defaultValue = "false")
        Levels<Boolean> normPreserving)
    implements MethodSettings {
  /** A cell's ranges are resolved, so they do not depend on the model's size. */
  private static final int ANY_SIZE = Integer.MAX_VALUE;

  /** The number of directions. */
  public enum Source {
    /** One direction, the same for all edited layers. */
    ONE,
    /** Every edited layer uses the direction of its own block output. */
    PER_LAYER
  }

  /** How texts of the user's own are written. */
  public enum Template {
    /** Each is one user turn of the model's chat template. */
    CHAT,
    /** As they are. */
    PLAIN
  }

  /** The texts of a question. */
  public enum Lines {
    /**
     * Two user turns, as in the model cards: question, best answer and all correct answers;
     * question and all incorrect answers.
     */
    CARDS,
    /** {@code Q: question}, {@code A: answer} for every answer of mc2, as in ITI. */
    ANSWERS
  }

  /**
   * Where the direction is read.
   *
   * @param hiddenState the hidden state, as in hidden_states; null for one direction per layer
   * @param source one direction or one per layer
   * @param lines the texts that are read of a question; null for texts of the user's own
   * @param template how a text of the user's own is written; null for chat
   * @param position where a text is read; null for its last token
   */
  public record Direction(
      @Key(
              "hidden state that one direction is read from: 0 = embedding output, k = output of"
                  + " block k-1; default 60%")
          @Nullable Levels<HiddenState> hiddenState,
      @Key(
              value = "one direction for all layers, or per-layer: each from its own block output",
              defaultValue = "one")
          Source source,
      @Key(
              "texts that are read of a question: cards (two user turns, all right and all wrong"
                  + " answers, the default) or answers (Q: and A: lines, one text per answer)")
          @Nullable Lines lines,
      @Key(
              "texts of your own: chat, each is one user turn of the chat template (the default), or"
                  + " plain")
          @Nullable Levels<Template> template,
      @Key(
              "where a text is read: last, at its last token (the default), or mean, the mean over"
                  + " its tokens without those of the template")
          @Nullable Levels<Reading.Place> position) {
    /** Fills in the hidden state; what is the default otherwise is left out. */
    public Direction {
      template = Levels.of(Template.CHAT).equals(template) ? null : template;
      position = Levels.of(Reading.Place.LAST).equals(position) ? null : position;
      if (source == Source.PER_LAYER && hiddenState != null) {
        throw new UserException(
            "'hidden_state' has no meaning with 'source: per-layer'; leave one of them out");
      }
      if (source == Source.ONE && hiddenState == null) {
        hiddenState = Levels.of(HiddenState.parse("60%"));
      }
    }

    /** The same for a cell's data: texts of the user's own, or questions. */
    private Direction of(boolean ownTexts) {
      if (ownTexts && lines != null) {
        throw new UserException(
            "'direction.lines' is for questions; texts of your own are read as they are, in the"
                + " chat template unless 'template: plain' is given");
      }
      if (!ownTexts && template != null) {
        throw new UserException(
            "'direction.template' is for texts of your own; 'lines' says how questions are read");
      }
      return ownTexts || lines != null
          ? this
          : new Direction(hiddenState, source, Lines.CARDS, template, position);
    }
  }

  /** Fills in what depends on the data. */
  public DirectionalEditSettings {
    direction = direction.of(train.ownTexts());
  }

  @Override
  public Set<DatasetKind> learnsFrom() {
    return EnumSet.of(DatasetKind.MULTIPLE_CHOICE, DatasetKind.CONTRASTS);
  }

  /** Cards are user turns, and so are texts of the user's own unless they are plain. */
  @Override
  public boolean chatTemplate() {
    return train.ownTexts() ? direction.template() == null : lines() == Lines.CARDS;
  }

  /** The texts that are read of a question. */
  Lines lines() {
    @Nullable Lines lines = direction.lines();
    return lines == null ? Lines.CARDS : lines;
  }

  /** Where the texts of a cell are read. */
  Reading.Place position() {
    @Nullable Levels<Reading.Place> position = direction.position();
    return position == null ? Reading.Place.LAST : position.only();
  }

  /** The first edited block of a cell. */
  int firstLayer() {
    return layers.only().first(ANY_SIZE);
  }

  /** The last edited block of a cell. */
  int lastLayer() {
    return layers.only().last(ANY_SIZE);
  }

  /**
   * The settings of a cell with other blocks.
   *
   * @param others absolute numbers; null for its own
   * @throws UsageException when a block has no direction
   */
  DirectionalEditSettings at(@Nullable LayerRange others) {
    if (others == null) {
      return this;
    }
    if (direction.source() == Source.PER_LAYER
        && (others.first(ANY_SIZE) < firstLayer() || others.last(ANY_SIZE) > lastLayer())) {
      throw new UsageException(
          "layers %s: with 'source: per-layer' directions were read for blocks %s only; choose among them"
              .formatted(others, layers.only()));
    }
    return new DirectionalEditSettings(
        train, direction, Levels.of(others), factor, side, normPreserving);
  }

  /** The hidden state that a layer's direction comes from, in a cell. */
  int source(int layer) {
    @Nullable Levels<HiddenState> state = direction.hiddenState();
    return state == null ? layer + 1 : state.only().index(ANY_SIZE);
  }

  /** A direction for each edited layer of a cell. */
  Map<Integer, float[]> directions(IntFunction<org.trimtab.method.Direction> atHiddenState) {
    Map<Integer, org.trimtab.method.Direction> made = new TreeMap<>();
    Map<Integer, float[]> directions = new TreeMap<>();
    for (int layer = firstLayer(); layer <= lastLayer(); layer++) {
      directions.put(layer, made.computeIfAbsent(source(layer), atHiddenState::apply).unit());
    }
    return directions;
  }

  @Override
  public void check(ModelFacts model) {
    if (side.values().contains(OProjEdit.Side.INPUT)
        && model.oProjInputSize() != model.hiddenSize()) {
      throw new UserException(
          ("side input needs heads as wide as the residual stream; %s has %s and %s; use"
                  + " side: output")
              .formatted(model.name(), model.oProjInputSize(), model.hiddenSize()));
    }
  }
}
