package org.trimtab.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.commons.numbers.combinatorics.BinomialCoefficientDouble;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.ContrastTexts;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.Levels;
import org.trimtab.spec.Share;

/** The items from which a method's cells learn, and those that they withhold from scoring. */
final class Folds {
  /** Seeds the split of a share. */
  private static final long SPLIT = 0;

  private Folds() {}

  /**
   * The trainings of one setting of a method, one per fold or split.
   *
   * <p>The items of the data set are put into a {@link Shuffle} and dealt to the folds in turn; for
   * a share the first ones are learned from and the others scored, the same for every seed, so that
   * seeds are compared on the same items.
   *
   * @param available the number of items of the data set
   * @param limit only the first items of the data set, if given
   * @param scored whether items of the data set are scored; if not, there are no folds, and nothing
   *     is leaky
   * @throws UserException when nothing is left to learn from
   */
  static List<Training> trainings(
      TrainingSettings train, long seed, int available, OptionalInt limit, boolean scored) {
    String dataset = train.source();
    int universe = Math.min(available, limit.orElse(available));
    if (train.folds() != null && scored) {
      return dealt(train, train.folds(), seed, ItemSet.first(universe));
    }
    TrainingSettings.@Nullable Splits splits = train.splits();
    if (splits != null && scored) {
      return split(train, splits, seed, ItemSet.first(universe), limit);
    }
    if (train.share() != null) {
      return List.of(parted(train, train.share(), seed, ItemSet.first(universe)));
    }
    ItemSet named = Objects.requireNonNullElse(train.items(), ItemSet.first(available));
    if (!named.minus(ItemSet.first(available)).isEmpty()) {
      throw new UserException(
          "items " + named + ": " + dataset + " has items 0-" + (available - 1));
    }
    ItemSet items = named.below(universe);
    if (items.isEmpty()) {
      throw new UserException(
          "items " + named + ": limit " + universe + " leaves none of them to learn from");
    }
    boolean leaky = train.leaky() && scored;
    ItemSet withheld = leaky ? ItemSet.first(0) : items;
    return List.of(new Training(dataset, limited(train, seed, items), 0, 1, leaky, withheld));
  }

  /**
   * The trainings of a method that learns from texts of the user's own. Folds and shares are of
   * lines, and none is both learned from and held out. Held-out lines are not scored: every cell
   * scores all items of the evaluations' data sets.
   *
   * @param limit only the first lines, if given
   * @param scored whether an evaluation scores one of the files
   * @throws UserException when there are fewer lines than named, or nothing is left to learn from
   */
  static List<Training> ofTexts(
      TrainingSettings train, long seed, ContrastTexts texts, OptionalInt limit, boolean scored) {
    int common = texts.shorter().size();
    Levels<Lines> named = train.lines();
    if (named != null && !named.only().items().minus(ItemSet.first(common)).isEmpty()) {
      String shorter =
          train.files().get(train.files().size() == 2 && common < texts.positive().size() ? 1 : 0);
      throw new UserException(
          "lines %s: %s has %d different %s%s"
              .formatted(
                  named.only(),
                  shorter,
                  common,
                  texts.paired() ? "pair" : "line",
                  common == 1 ? "" : "s"));
    }
    boolean unequal = common < texts.size() && named == null;
    if (unequal && (train.n() != null || train.limit() != null)) {
      throw new UserException(
          "'%s' takes as many lines of both files, and they have %d and %d; write 'lines: first %d' beside it"
              .formatted(
                  train.n() == null ? "limit" : "n",
                  texts.positive().size(),
                  texts.negative().size(),
                  common));
    }
    ItemSet chosen =
        (named == null ? ItemSet.first(texts.size()) : named.only().items())
            .below(limit.orElse(texts.size()));
    if (chosen.isEmpty()) {
      throw new UserException(
          "lines " + Objects.requireNonNull(named).only() + ": the limit leaves none of them");
    }
    TrainingSettings.@Nullable Splits splits = train.splits();
    boolean holdsOut = train.folds() != null || splits != null || train.share() != null;
    if (holdsOut && texts.shared().isPresent()) {
      throw new UserException(
          "%s: it could be learned from and held out at once; leave out folds, splits and share, or one of the pairs"
              .formatted(texts.shared().get()));
    }
    if (train.folds() != null) {
      return dealt(train, train.folds(), seed, chosen);
    }
    if (splits != null) {
      return split(train, splits, seed, chosen, limit);
    }
    if (train.share() != null) {
      return List.of(parted(train, train.share(), seed, chosen));
    }
    boolean leaky = train.leaky() && scored;
    ItemSet withheld = leaky ? ItemSet.first(0) : chosen;
    return List.of(
        new Training(train.source(), limited(train, seed, chosen), 0, 1, leaky, withheld));
  }

  private static List<Training> dealt(
      TrainingSettings train, int folds, long seed, ItemSet universe) {
    String dataset = train.source();
    if (folds > universe.size()) {
      throw new UserException(
          "folds %s: %s has %s items, fewer than folds".formatted(folds, dataset, universe.size()));
    }
    List<Integer> order = Shuffle.of(universe, seed, "fold");
    List<Training> trainings = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      List<Integer> held = new ArrayList<>();
      for (int i = fold; i < order.size(); i += folds) {
        held.add(order.get(i));
      }
      ItemSet others = universe.minus(ItemSet.of(held));
      trainings.add(
          new Training(dataset, limited(train, seed, others), fold, folds, false, others));
    }
    return trainings;
  }

  private static List<Training> split(
      TrainingSettings train,
      TrainingSettings.Splits splits,
      long seed,
      ItemSet universe,
      OptionalInt limit) {
    String dataset = train.source();
    String there =
        "%s has %d items%s"
            .formatted(
                dataset,
                universe.size(),
                limit.isPresent() ? " under limit " + limit.getAsInt() + "; raise the limit" : "");
    if (splits.train() >= universe.size()) {
      throw new UserException(
          ("splits: to learn from %d items and to score at least one takes %d, and %s; learn from"
                  + " fewer")
              .formatted(splits.train(), splits.train() + 1, there));
    }
    if (BinomialCoefficientDouble.value(universe.size(), splits.train()) < splits.count()) {
      throw new UserException(
          "splits: there are not %d different ones of %d items to learn from: %s; ask for fewer"
              .formatted(splits.count(), splits.train(), there));
    }
    CounterRandom random = CounterRandom.of(seed, "split");
    Set<ItemSet> drawn = new LinkedHashSet<>();
    for (int draw = 0; drawn.size() < splits.count(); draw++) {
      CounterRandom keys = random.at(draw);
      List<Integer> order =
          Shuffle.of(universe.ids(), item -> keys.at(item).bits(0), Shuffle.Keys.UNSIGNED);
      drawn.add(ItemSet.of(order.subList(0, splits.train())));
    }
    List<Training> trainings = new ArrayList<>();
    for (ItemSet items : drawn) {
      trainings.add(
          new Training(
              dataset,
              limited(train, seed, items),
              trainings.size(),
              splits.count(),
              /* leaky= */ false,
              items,
              /* overlapping= */ true));
    }
    return trainings;
  }

  private static Training parted(TrainingSettings train, Share share, long seed, ItemSet universe) {
    int count = share.of(universe.size());
    if (count == 0) {
      throw new UserException(
          "share %s: of %s items of %s that is none; use a larger share"
              .formatted(share, universe.size(), train.source()));
    }
    List<Integer> order = Shuffle.of(universe, SPLIT, "share");
    ItemSet items = ItemSet.of(order.subList(0, count));
    return new Training(
        train.source(), limited(train, seed, items), 0, 1, /* leaky= */ false, items);
  }

  private static ItemSet limited(TrainingSettings train, long seed, ItemSet items) {
    if (train.limit() != null) {
      return items.lowest(train.limit());
    }
    Levels<Integer> n = train.n();
    if (n == null) {
      return items;
    }
    if (n.only() > items.size()) {
      throw new UserException(
          "n %s: a cell has %s items of %s to learn from; use at most as many"
              .formatted(n.only(), items.size(), train.source()));
    }
    return ItemSet.of(Shuffle.of(items, seed, "training size").subList(0, n.only()));
  }
}
