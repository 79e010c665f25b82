package org.trimtab.say;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.evaluate.answer.AnsweringIntervention;
import org.trimtab.io.Json;
import org.trimtab.io.Numbers;
import org.trimtab.method.Adjustable;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.Sampling;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.run.Workbench;
import org.trimtab.run.session.Session;
import org.trimtab.say.Speech.Reply;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.yaml.Spelling;

/**
 * The model without and with a cell's intervention, each with a history of its own. Used by one
 * thread.
 */
public final class Pair implements AutoCloseable {
  private final Session session;
  private final Cell cell;
  private final LanguageModel model;
  private final Manner manner;
  private final Workbench workbench;
  private final Workbench.Fitted fitted;
  private final Map<Side, Turns> turns = new EnumMap<>(Side.class);
  private final Map<Side, Generator.Run> runs = new EnumMap<>(Side.class);
  private Intervention intervention;
  private @Nullable Double factor;
  private @Nullable LayerRange layers;
  private int prompts;

  private Pair(
      Session session,
      Cell cell,
      LanguageModel model,
      Manner manner,
      Workbench workbench,
      Workbench.Fitted fitted) {
    this.session = session;
    this.cell = cell;
    this.model = model;
    this.manner = manner;
    this.workbench = workbench;
    this.fitted = fitted;
    intervention = fitted.intervention();
    fitted
        .adjustable()
        .ifPresent(
            known -> {
              factor = known.factor();
              layers = known.layers();
            });
    for (Side side : Side.values()) {
      turns.put(side, new Turns(model, manner.chat()));
    }
  }

  /**
   * Loads the model and fits a cell's method.
   *
   * @param asked for; strength and layers are those of the cell where it names none
   * @throws UserException when the method needs more than a prompt
   */
  public static Pair open(Session session, Cell cell, Asked asked, FitWatcher watcher) {
    asked.strength().ifPresent(Pair::number);
    asked.layers().ifPresent(text -> range(text, session.config().layers()));
    LanguageModel model = session.loaded();
    Workbench workbench = session.workbench(model);
    try {
      Workbench.Fitted fitted = workbench.fit(cell, watcher);
      if (fitted.intervention() instanceof AnsweringIntervention) {
        fitted.intervention().close();
        throw new UserException(
            cell.label()
                + " makes a new intervention for each question of its data set, from its gold"
                + " answer or by trials that are scored with it; a prompt of yours has none");
      }
      Manner manner =
          new Manner(
              !asked.plain() && model.chatTemplate() != null,
              asked.sampling(),
              asked.seed(),
              asked.decoding());
      Pair pair = new Pair(session, cell, model, manner, workbench, fitted);
      asked.strength().ifPresent(pair::strength);
      asked.layers().ifPresent(pair::layers);
      return pair;
    } catch (RuntimeException e) {
      workbench.close();
      throw e;
    }
  }

  /**
   * What is asked for.
   *
   * @param plain whether prompts are no user turns, although the model may have a chat template
   * @param sampling how tokens are drawn; null for the most probable ones
   * @param strength instead of the cell's
   * @param layers instead of the cell's, as in specs
   */
  public record Asked(
      boolean plain,
      @Nullable Sampling sampling,
      long seed,
      Decoding decoding,
      Optional<String> strength,
      Optional<String> layers) {}

  /**
   * Continues a prompt.
   *
   * @param asked the sides to ask; others do not hear of the prompt
   * @param stop whether to end before the texts do
   * @throws UserException when the prompt is too long or logits are not finite; then no side has
   *     heard of it
   */
  public Said say(String prompt, Set<Side> asked, Listener listener, BooleanSupplier stop) {
    Map<Side, Speech> speeches = new EnumMap<>(Side.class);
    Generator.TokenChoice choice = manner.choice(prompts);
    for (Side side : EnumSet.copyOf(asked)) {
      Generator.Prompt begun =
          new Generator.Prompt(turns(side).with(prompt, context(side)), intervention(side), choice);
      speeches.put(side, new Speech(side, model, begun, manner.decoding(), runs.remove(side)));
      runs.put(side, speeches.get(side).run());
    }
    List<Speech> all = List.copyOf(speeches.values());
    if (listener.together()) {
      new Telling(all, listener).tell(all, stop);
    } else {
      Telling telling = new Telling(all, listener);
      all.forEach(each -> telling.tell(List.of(each), stop));
    }
    prompts++;
    Speech edited = speeches.get(Side.EDITED);
    double[] divergences = edited == null ? new double[0] : divergences(prompt, edited);
    speeches.forEach((side, speech) -> turns(side).add(prompt, speech.reply().text()));
    return new Said(
        prompt,
        settings(),
        reply(speeches, Side.BASELINE),
        reply(speeches, Side.EDITED),
        divergences);
  }

  /**
   * Drops turns that no longer fit, so that a prompt can be continued.
   *
   * @return the number of turns that each side lost, if any
   * @throws UserException when the prompt itself is too long
   */
  public Map<Side, Integer> fit(String prompt, Set<Side> asked) {
    int room = Math.min(manner.decoding().limit(), model.decoder().config().contextLength() / 4);
    Map<Side, Integer> dropped = new EnumMap<>(Side.class);
    for (Side side : EnumSet.copyOf(asked)) {
      int count = turns(side).fit(prompt, context(side), room);
      if (count > 0) {
        dropped.put(side, count);
      }
    }
    return dropped;
  }

  private double[] divergences(String prompt, Speech edited) {
    // The model reads what the edited side was told and has said, so that the edit alone differs.
    int[] base = turns(Side.EDITED).with(prompt, "");
    int[] own = turns(Side.EDITED).with(prompt, intervention.context());
    return new Divergence(model.decoder()).along(base, own, edited.reply().tokens(), intervention);
  }

  private static @Nullable Reply reply(Map<Side, Speech> speeches, Side side) {
    Speech speech = speeches.get(side);
    return speech == null ? null : speech.reply();
  }

  private Turns turns(Side side) {
    return Objects.requireNonNull(turns.get(side));
  }

  private Intervention intervention(Side side) {
    return side == Side.EDITED ? intervention : Intervention.NONE;
  }

  private String context(Side side) {
    return intervention(side).context();
  }

  /** Forgets all turns; the next prompt has random numbers of its own. */
  void forget() {
    turns.values().forEach(Turns::clear);
  }

  /** Forgets all turns, as if nothing had been asked. */
  void reset() {
    forget();
    prompts = 0;
  }

  /**
   * Applies what was learned at another strength.
   *
   * @throws UserException when the text is no number, or the method has no strength
   */
  public void strength(String text) {
    double value = number(text);
    adjust(adjustable("strength"), value, layers);
  }

  private static double number(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      if (Math.abs(value) <= Float.MAX_VALUE) {
        return value;
      }
    } catch (NumberFormatException e) {
      // As for a number beyond those of the weights.
    }
    throw new UsageException("strength " + Spelling.quoted(text) + ": expected a number");
  }

  private static LayerRange range(String text, int layers) {
    try {
      return LayerRange.parse(text).resolve(layers);
    } catch (UserException e) {
      throw new UsageException("layers: " + e.getMessage(), e);
    }
  }

  /**
   * Applies what was learned in other blocks.
   *
   * @param text as in specs: 7, 5-29, all, last 25
   * @throws UserException when the model has no such blocks, or the method does not allow others
   */
  public void layers(String text) {
    Adjustable known = adjustable("layers");
    if (known.layers() == null) {
      throw new UsageException(
          "layers: what "
              + cell.method()
              + " learned acts where it was learned; a spec with other layers learns it elsewhere");
    }
    adjust(known, Objects.requireNonNull(factor), range(text, model.decoder().config().layers()));
  }

  private Adjustable adjustable(String what) {
    return fitted
        .adjustable()
        .orElseThrow(
            () ->
                new UsageException(
                    what + ": " + cell.method() + " has none that can be changed after its fit"));
  }

  private void adjust(Adjustable known, double value, @Nullable LayerRange range) {
    boolean own = value == known.factor() && Objects.equals(range, known.layers());
    Intervention changed = own ? fitted.intervention() : known.application().at(value, range);
    closeAdjusted();
    intervention = changed;
    factor = value;
    layers = range;
  }

  private void closeAdjusted() {
    if (intervention != fitted.intervention()) {
      intervention.close();
    }
  }

  /** The cell. */
  public Cell cell() {
    return cell;
  }

  /** How prompts are put and tokens chosen. */
  Manner manner() {
    return manner;
  }

  /** What replies are of, for JSON: experiment, cell and model. */
  Map<String, Object> identity() {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("experiment", session.plan().name());
    identity.put("cell", cell.index());
    identity.put("id", cell.id());
    identity.put("label", cell.label());
    identity.put("model", session.spec().model());
    identity.put("device", session.device());
    return identity;
  }

  private ObjectNode settings() {
    ObjectNode settings = Json.object();
    if (factor != null) {
      settings.put("strength", factor);
    }
    if (layers != null) {
      settings.put("layers", layers.text());
    }
    settings.setAll(manner.tree());
    return settings;
  }

  /** The edited side for people: {@code strength -2, layers 2-3}. */
  String edit() {
    return factor == null
        ? cell.key()
        : "strength " + Numbers.value(factor) + (layers == null ? "" : ", layers " + layers);
  }

  @Override
  public void close() {
    runs.values().forEach(Generator.Run::close);
    closeAdjusted();
    fitted.intervention().close();
    workbench.close();
  }
}
