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
    String dataset = train.dataset().text();
    int universe = Math.min(available, limit.orElse(available));
    if (train.folds() != null && scored) {
      return dealt(train, train.folds(), seed, universe);
    }
    TrainingSettings.@Nullable Splits splits = train.splits();
    if (splits != null && scored) {
      return split(train, splits, seed, universe, limit);
    }
    if (train.share() != null) {
      return List.of(parted(train, train.share(), seed, universe));
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

  private static List<Training> dealt(TrainingSettings train, int folds, long seed, int universe) {
    String dataset = train.dataset().text();
    if (folds > universe) {
      throw new UserException(
          "folds " + folds + ": " + dataset + " has " + universe + " items, fewer than folds");
    }
    List<Integer> order = Shuffle.of(ItemSet.first(universe), seed, "fold");
    List<Training> trainings = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      List<Integer> held = new ArrayList<>();
      for (int i = fold; i < universe; i += folds) {
        held.add(order.get(i));
      }
      ItemSet others = ItemSet.first(universe).minus(ItemSet.of(held));
      trainings.add(
          new Training(dataset, limited(train, seed, others), fold, folds, false, others));
    }
    return trainings;
  }

  private static List<Training> split(
      TrainingSettings train,
      TrainingSettings.Splits splits,
      long seed,
      int universe,
      OptionalInt limit) {
    String dataset = train.dataset().text();
    String there =
        "%s has %d items%s"
            .formatted(
                dataset,
                universe,
                limit.isPresent() ? " under limit " + limit.getAsInt() + "; raise the limit" : "");
    if (splits.train() >= universe) {
      throw new UserException(
          ("splits: to learn from %d items and to score at least one takes %d, and %s; learn from"
                  + " fewer")
              .formatted(splits.train(), splits.train() + 1, there));
    }
    if (BinomialCoefficientDouble.value(universe, splits.train()) < splits.count()) {
      throw new UserException(
          "splits: there are not %d different ones of %d items to learn from: %s; ask for fewer"
              .formatted(splits.count(), splits.train(), there));
    }
    CounterRandom random = CounterRandom.of(seed, "split");
    Set<ItemSet> drawn = new LinkedHashSet<>();
    for (int draw = 0; drawn.size() < splits.count(); draw++) {
      CounterRandom keys = random.at(draw);
      List<Integer> order =
          Shuffle.of(
              ItemSet.first(universe).ids(), item -> keys.at(item).bits(0), Shuffle.Keys.UNSIGNED);
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

  private static Training parted(TrainingSettings train, Share share, long seed, int universe) {
    int count = share.of(universe);
    if (count == 0) {
      throw new UserException(
          "share "
              + share
              + ": of "
              + universe
              + " items of "
              + train.dataset()
              + " that is none; use a larger share");
    }
    List<Integer> order = Shuffle.of(ItemSet.first(universe), SPLIT, "share");
    ItemSet items = ItemSet.of(order.subList(0, count));
    return new Training(
        train.dataset().text(), limited(train, seed, items), 0, 1, /* leaky= */ false, items);
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
          "n "
              + n.only()
              + ": a cell has "
              + items.size()
              + " items of "
              + train.dataset()
              + " to learn from; use at most as many");
    }
    return ItemSet.of(Shuffle.of(items, seed, "training size").subList(0, n.only()));
  }
}
