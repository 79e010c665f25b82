package org.trimtab.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.MultipleChoice;
import org.trimtab.method.Direction;
import org.trimtab.method.FitContext;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.HiddenStates;
import org.trimtab.method.Method;
import org.trimtab.method.Methods;
import org.trimtab.method.TrainingTexts;
import org.trimtab.model.Decoder;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.Training;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.report.PairedBootstrap;
import org.trimtab.report.reading.LineScores;
import org.trimtab.report.reading.LineScores.Line;
import org.trimtab.report.reading.Reading;
import org.trimtab.report.reading.Reading.Agreement;
import org.trimtab.report.reading.Reading.Best;
import org.trimtab.report.reading.Reading.Heads;
import org.trimtab.report.reading.Reading.Lens;
import org.trimtab.report.reading.Reading.Screen;
import org.trimtab.report.reading.Reading.Separation;
import org.trimtab.report.reading.Reading.Shuffled;
import org.trimtab.report.reading.Reading.State;
import org.trimtab.report.reading.ScoredLines;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.session.EndedCell;
import org.trimtab.run.session.Session;

/**
 * Reads the direction of a cell. The same cell gives the same numbers: all random ones are those of
 * the cell's seed.
 */
public final class DirectionReader {
  /** The number of permutations of the labels. */
  static final int PERMUTATIONS = 100;

  /** As a fold: all items that are learned from. */
  private static final int ALL = -2;

  private static final double LOW = 0.025;

  private final Session session;
  private final Cell cell;
  private final EndedCell ended;
  private final Watcher watcher;
  private final Map<String, List<MultipleChoice>> items = new HashMap<>();

  /** Is notified of the progress. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * A part of the work is done.
     *
     * @param what is being done
     */
    void step(String what, int done, int total);
  }

  /** A reading with the scores of lines that it follows from. */
  public record Read(Reading reading, ScoredLines lines) {}

  /** The cell's directions by block, as one fold of the lines has them. */
  private record CellDirections(Map<Integer, float[]> byBlock) {
    /** The direction at a block: its own, or the only one that there is. */
    Optional<float[]> at(int block) {
      float[] first = byBlock.values().iterator().next();
      boolean one = byBlock.values().stream().allMatch(each -> Arrays.equals(each, first));
      return one ? Optional.of(first) : Optional.ofNullable(byBlock.get(block));
    }

    /** The blocks that act along each different direction. */
    Map<List<Integer>, float[]> different() {
      Map<List<Integer>, float[]> different = new LinkedHashMap<>();
      List<Integer> seen = new ArrayList<>();
      byBlock.forEach(
          (block, direction) -> {
            if (!seen.contains(block)) {
              List<Integer> blocks =
                  byBlock.entrySet().stream()
                      .filter(other -> Arrays.equals(other.getValue(), direction))
                      .map(Map.Entry::getKey)
                      .toList();
              seen.addAll(blocks);
              different.put(blocks, direction);
            }
          });
      return different;
    }
  }

  private DirectionReader(EndedCell ended, Session session, Watcher watcher) {
    this.session = session;
    this.ended = ended;
    this.cell = ended.cell();
    this.watcher = watcher;
  }

  /**
   * Reads a cell's direction.
   *
   * @param folder the results that the cell is of
   * @param session the spec that they are of, opened again
   * @param index the cell's index
   * @throws UserException when the cell is not done or has no direction, or has too few lines
   */
  public static Read run(ResultFolder folder, Session session, int index, Watcher watcher) {
    return new DirectionReader(EndedCell.of(folder, session, index), session, watcher).run();
  }

  private Read run() {
    try (LanguageModel model = session.loaded()) {
      return run(model);
    }
  }

  private FitContext context(LanguageModel model, HiddenStates states) {
    return new FitContext(
        model,
        states,
        this::items,
        session.datasets()::path,
        new HashMap<>(),
        name -> {
          throw new IllegalStateException("a direction needs no second model, but " + name);
        },
        FitWatcher.NONE);
  }

  private List<MultipleChoice> items(String dataset) {
    return items.computeIfAbsent(
        dataset, name -> MultipleChoice.read(session.datasets().path(name)));
  }

  private Read run(LanguageModel model) {
    Decoder decoder = model.decoder();
    int layers = decoder.config().layers();
    HiddenStates hidden =
        new HiddenStates(model, IntStream.rangeClosed(1, layers).boxed().toList());
    FitContext context = context(model, hidden);
    Map<Integer, TrainingTexts> contrasts = contrasts(cell, context);
    if (contrasts.isEmpty()) {
      throw withoutDirection(context);
    }
    Training training = cell.training();
    if (training == null) {
      throw withoutDirection(context);
    }
    LabelledStates lines = new LabelledStates(states(contrasts, training, hidden), cell.seed());
    List<String> notes = new ArrayList<>();
    CellDirections directions = fitted(cell, context, Optional.of(notes));
    List<CellDirections> byFold = new ArrayList<>();
    for (int fold = 0; fold < lines.folds(); fold++) {
      byFold.add(
          lines.folds() == 1
              ? directions
              : fitted(learning(training, lines, fold), context, Optional.empty()));
    }

    boolean[] labels = lines.labels();
    List<Line> scored = lines.lines(labels);
    Map<String, double[]> scores = new LinkedHashMap<>();
    List<State> states = new ArrayList<>();
    List<float[]> own = new ArrayList<>();
    Permutations permutations = new Permutations(lines, cell.seed());
    Lenses lenses = lenses(model);
    for (int state = 1; state <= layers; state++) {
      LabelledStates.At at = lines.at(state);
      float[] direction = at.own(ALL, labels).unit();
      own.add(direction);
      states.add(
          state(
              state,
              at,
              labels,
              scored,
              byFold,
              directions,
              direction,
              scores,
              permutations,
              lenses));
      watcher.step("hidden states compared", state, layers);
    }
    List<List<Double>> cosines =
        own.stream().map(a -> own.stream().map(b -> Vectors.cosine(a, b)).toList()).toList();
    Reading reading =
        new Reading(
            new Reading.Subject(
                session.plan().name(),
                cell.id(),
                cell.index(),
                cell.label(),
                session.spec().model(),
                notes),
            new Reading.Lines(
                training.dataset(),
                lines.learned(),
                (int) lines.scoredItems().stream().distinct().count(),
                (int) scored.stream().filter(Line::positive).count(),
                (int) scored.stream().filter(line -> !line.positive()).count(),
                lines.folds(),
                cell.seed()),
            lenses.ofCell(directions, Methods.named(cell.method()).hiddenStates(cell)),
            states,
            permutations.best(states),
            cosines,
            heads(directions, decoder),
            permutations.screen(states));
    return new Read(reading, new ScoredLines(lines.scoredItems(), scored, scores));
  }

  private Map<Integer, TrainingTexts> contrasts(Cell of, FitContext context) {
    Method<?> method = Methods.named(of.method());
    Map<Integer, TrainingTexts> all = new TreeMap<>(method.contrasts(of, context));
    @Nullable Integer limit = session.plan().limit();
    all.keySet().removeIf(item -> limit != null && item >= limit);
    return all;
  }

  private UserException withoutDirection(FitContext context) {
    String others =
        session.plan().cells().stream()
            .filter(each -> !contrasts(each, context).isEmpty())
            .map(each -> Integer.toString(each.index()))
            .collect(Collectors.joining(", "));
    return new UserException(
        "%s (cell %d) has no direction: %s does not act along one that lies between contrasting lines; %s"
            .formatted(
                cell.label(),
                cell.index(),
                cell.method(),
                others.isEmpty()
                    ? "no cell of this plan has one"
                    : "cells with a direction are " + others));
  }

  private List<LabelledStates.Lines> states(
      Map<Integer, TrainingTexts> contrasts, Training training, HiddenStates hidden) {
    List<LabelledStates.Lines> lines = new ArrayList<>();
    contrasts.forEach(
        (item, contrast) -> {
          List<Map<Integer, float[]>> states = contrast.states(hidden);
          int positive = contrast.special().size();
          lines.add(
              new LabelledStates.Lines(
                  item,
                  training.items().contains(item),
                  states.subList(0, positive),
                  states.subList(positive, states.size())));
          watcher.step("items read", lines.size(), contrasts.size());
        });
    return lines;
  }

  /** The cell, learning from what a fold is not scored on. */
  private Cell learning(Training training, LabelledStates lines, int fold) {
    Training part =
        new Training(
            training.dataset(), ItemSet.of(lines.learnedFor(fold)), 0, 1, training.leaky());
    return cell.learningFrom(part);
  }

  /**
   * Fits a cell.
   *
   * @param notes gets a sentence if the facts are not those in the journal
   */
  private CellDirections fitted(Cell fitting, FitContext context, Optional<List<String>> notes) {
    FittedMethod fitted = Methods.named(fitting.method()).fit(fitting, context);
    notes.ifPresent(all -> ended.differs(fitted.facts()).ifPresent(all::add));
    try (Intervention intervention = fitted.intervention()) {
      Map<Integer, float[]> directions =
          intervention.directions(context.model().decoder()::oProjWeight);
      if (directions.isEmpty()) {
        throw new UserException(
            "%s (cell %d) changes nothing, so it has no direction"
                .formatted(cell.label(), cell.index()));
      }
      return new CellDirections(new TreeMap<>(directions));
    }
  }

  private State state(
      int state,
      LabelledStates.At at,
      boolean[] labels,
      List<Line> lines,
      List<CellDirections> byFold,
      CellDirections cellDirections,
      float[] direction,
      Map<String, double[]> scores,
      Permutations permutations,
      Lenses lenses) {
    double[] ownScores = at.scores(at.own(labels));
    scores.put(ScoredLines.own(state), ownScores);
    Separation own = ScoredLines.separation(lines, ownScores, state, cell.seed());
    List<float[]> folds = byFold.stream().flatMap(each -> each.at(state - 1).stream()).toList();
    @Nullable Separation ofCell = null;
    if (folds.size() == byFold.size()) {
      double[] cellScores = at.scores(folds);
      scores.put(ScoredLines.cell(state), cellScores);
      ofCell = ScoredLines.separation(lines, cellScores, state, cell.seed());
    }
    List<float[]> positive = at.means(true, ALL, labels);
    List<float[]> negative = at.means(false, ALL, labels);
    float[] positiveMean = Direction.mean(positive);
    float[] negativeMean = Direction.mean(negative);
    AgreementScreen screen = AgreementScreen.of(positive, negative, permutations.pairs());
    Permutations.OfState shuffled = permutations.of(at, own.auc(), screen.agreement());
    return new State(
        state,
        Vectors.norm(positiveMean),
        Vectors.norm(negativeMean),
        at.own(ALL, labels).norm(),
        Vectors.cosine(positiveMean, negativeMean),
        own,
        shuffled.auc(),
        cellDirections.at(state - 1).map(d -> Vectors.cosine(direction, d)).orElse(null),
        ofCell,
        new Agreement(
            screen.agreement(),
            Double.isFinite(screen.separation()) ? Double.valueOf(screen.separation()) : null,
            shuffled.agreement()),
        lenses.ofState(
            state, Vectors.minus(positiveMean, negativeMean), permutations.differences(at)));
  }

  private Lenses lenses(LanguageModel model) {
    return new Lenses(model.decoder().config().layers(), lens(model, false), lens(model, true));
  }

  private LogitLens lens(LanguageModel model, boolean normed) {
    String what = "random directions " + (normed ? "after" : "before") + " the final norm";
    return new LogitLens(
        model.decoder(),
        model.tokenizer(),
        normed,
        cell.seed(),
        done -> watcher.step(what, done, 2 * LogitLens.RANDOM));
  }

  /** Logit lenses of the residual stream and of what is after the final norm. */
  private record Lenses(int layers, LogitLens stream, LogitLens normed) {
    Lens ofState(int state, float[] difference, List<float[]> shuffled) {
      return (state == layers ? normed : stream).ofLines(difference, shuffled);
    }

    /** The lenses of a cell's directions, which are learned at some hidden states. */
    List<Lens> ofCell(CellDirections directions, Set<Integer> learnedAt) {
      List<Lens> lenses = new ArrayList<>();
      directions
          .different()
          .forEach(
              (blocks, d) -> {
                boolean last =
                    learnedAt.equals(Set.of(layers))
                        || (learnedAt.contains(layers) && blocks.equals(List.of(layers - 1)));
                lenses.add((last ? normed : stream).of(blocks, d));
              });
      return lenses;
    }
  }

  private static List<Heads> heads(CellDirections directions, Decoder decoder) {
    List<Heads> heads = new ArrayList<>();
    for (int layer = 0; layer < decoder.config().layers(); layer++) {
      int at = layer;
      directions
          .at(layer)
          .ifPresent(
              d ->
                  heads.add(
                      HeadShares.of(at, decoder.oProjWeight(at), d, decoder.config().headSize())));
    }
    return heads;
  }

  /** The same permutations of the labels at every hidden state. */
  private static final class Permutations {
    private final List<boolean[]> swapped;
    private final List<List<Line>> labelled;
    private final CounterRandom pairs;
    private final double[] highestAuc = new double[PERMUTATIONS];
    private final double[] highestAgreement = new double[PERMUTATIONS];

    /** What one hidden state has under shuffled labels. */
    record OfState(Shuffled auc, Shuffled agreement) {}

    Permutations(LabelledStates lines, long seed) {
      CounterRandom random = CounterRandom.of(seed, "shuffled labels of lines");
      swapped =
          IntStream.range(0, PERMUTATIONS).mapToObj(i -> lines.shuffled(random.at(i))).toList();
      labelled = swapped.stream().map(lines::lines).toList();
      pairs = CounterRandom.of(seed, "pairs of differences");
      Arrays.fill(highestAuc, Double.NEGATIVE_INFINITY);
      Arrays.fill(highestAgreement, Double.NEGATIVE_INFINITY);
    }

    CounterRandom pairs() {
      return pairs;
    }

    /** The differences of the means over all learned lines. */
    List<float[]> differences(LabelledStates.At at) {
      return swapped.stream().map(labels -> at.difference(ALL, labels)).toList();
    }

    OfState of(LabelledStates.At at, double auc, double agreement) {
      double[] aucs = new double[PERMUTATIONS];
      double[] agreements = new double[PERMUTATIONS];
      for (int i = 0; i < PERMUTATIONS; i++) {
        boolean[] labels = swapped.get(i);
        aucs[i] = new LineScores(labelled.get(i), at.scores(at.differences(labels))).auc();
        agreements[i] =
            AgreementScreen.of(at.means(true, ALL, labels), at.means(false, ALL, labels), pairs)
                .agreement();
        highestAuc[i] = Math.max(highestAuc[i], aucs[i]);
        highestAgreement[i] = Math.max(highestAgreement[i], agreements[i]);
      }
      return new OfState(shuffled(aucs, auc), shuffled(agreements, agreement));
    }

    private static Shuffled shuffled(double[] values, double observed) {
      double[] ascending = values.clone();
      Arrays.sort(ascending);
      return new Shuffled(
          Arrays.stream(values).average().orElse(0),
          PairedBootstrap.percentile(ascending, LOW),
          PairedBootstrap.percentile(ascending, 1 - LOW),
          p(values, observed));
    }

    private static double p(double[] values, double observed) {
      long above = Arrays.stream(values).filter(each -> each >= observed).count();
      return (1.0 + above) / (1 + values.length);
    }

    Best best(List<State> states) {
      State best =
          states.stream().reduce((a, b) -> b.own().auc() > a.own().auc() ? b : a).orElseThrow();
      return new Best(best.state(), best.own().auc(), p(highestAuc, best.own().auc()));
    }

    Screen screen(List<State> states) {
      State best =
          states.stream()
              .reduce((a, b) -> b.agreement().agreement() > a.agreement().agreement() ? b : a)
              .orElseThrow();
      double agreement = best.agreement().agreement();
      double[] ascending = highestAgreement.clone();
      Arrays.sort(ascending);
      return new Screen(
          best.state(),
          agreement,
          Screen.verdict(agreement),
          PairedBootstrap.percentile(ascending, 0.95),
          p(highestAgreement, agreement));
    }
  }
}
