package org.trimtab.method.delta;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.data.Opinion;
import org.trimtab.data.Pair;
import org.trimtab.data.PairPrompt;
import org.trimtab.data.Pairs;
import org.trimtab.method.FitContext;
import org.trimtab.model.tokenize.Tokenizer;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Training;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.Levels;

/** The examples that a cell learns from. */
final class Examples {
  private Examples() {}

  /** Refuses to draw more examples than there are. */
  static void check(@Nullable Levels<Integer> wanted, Training training) {
    int available = training.items().size();
    if (wanted != null && wanted.only() > available) {
      throw new UserException(
          "examples %d: the cell learns from %d items of %s (%s); ask for at most as many"
              .formatted(wanted.only(), available, training.dataset(), training.items()));
    }
  }

  /** A cell's examples as token ids. */
  static List<Example> of(
      Cell cell, FitContext context, TaskObjective objective, @Nullable Levels<Integer> wanted) {
    Training training = training(cell);
    Path file = context.files().apply(training.dataset());
    List<Integer> chosen = chosen(training, cell.seed(), wanted);
    Tokenizer tokenizer = context.model().tokenizer();
    return switch (objective) {
      case NLL ->
          pairs(cell, context, wanted).stream()
              .map(
                  pair -> {
                    String place = file + ": item " + pair.index();
                    List<String> target = List.of(PairPrompt.target(pair));
                    return example(
                        tokenizer, place, PairPrompt.prompt(pair), target, new double[] {1});
                  })
              .toList();
      case KL ->
          Opinion.read(file).stream()
              .filter(opinion -> chosen.contains(opinion.index()))
              .map(
                  opinion -> {
                    String place = file + ": item " + opinion.index();
                    double[] shares =
                        opinion.shares().stream().mapToDouble(Double::doubleValue).toArray();
                    return example(tokenizer, place, opinion.prompt(), opinion.options(), shares);
                  })
              .toList();
    };
  }

  /** A cell's examples as in their file; multiple choices count by their best answer. */
  static List<Pair> pairs(Cell cell, FitContext context, @Nullable Levels<Integer> wanted) {
    Training training = training(cell);
    Path file = context.files().apply(training.dataset());
    Stream<Pair> pairs =
        DatasetKind.of(file) == DatasetKind.MULTIPLE_CHOICE
            ? context.items().apply(training.dataset()).stream()
                .map(each -> new Pair(each.index(), each.question(), each.mc1().texts().get(0)))
            : Pairs.read(file).stream();
    List<Integer> chosen = chosen(training, cell.seed(), wanted);
    return pairs.filter(pair -> chosen.contains(pair.index())).toList();
  }

  private static Training training(Cell cell) {
    Training training = cell.training();
    if (training == null) {
      throw new UserException(cell.method() + " learns from items; its spec needs train");
    }
    return training;
  }

  /** The training items, or some drawn by the seed, in the file's order. */
  static List<Integer> chosen(Training training, long seed, @Nullable Levels<Integer> wanted) {
    List<Integer> ids = training.items().ids();
    if (wanted == null) {
      return ids;
    }
    CounterRandom random = CounterRandom.of(seed, "examples");
    return shuffled(ids.stream(), id -> random.at(id).bits(0)).stream()
        .limit(wanted.only())
        .sorted()
        .toList();
  }

  /** Numbers in the order of a random key of each. */
  static List<Integer> shuffled(Stream<Integer> numbers, IntToLongFunction key) {
    return numbers
        .sorted(Comparator.comparingLong((Integer number) -> key.applyAsLong(number)))
        .toList();
  }

  /**
   * A text's tokens: continuation = whole[len(prompt):] with whole = encode(prompt + continuation),
   * as evaluators split them.
   */
  /** An example; its options are the continuations of the prompt. */
  static Example example(
      Tokenizer tokenizer, String place, String prompt, List<String> options, double[] shares) {
    int[] start = tokenizer.encode(prompt, true);
    if (start.length == 0) {
      throw new UserException(place + ": the prompt '" + prompt + "' has no tokens");
    }
    List<int[]> continuations = new ArrayList<>();
    for (String option : options) {
      int[] whole = tokenizer.encode(prompt + option, true);
      if (whole.length <= start.length || option.isBlank()) {
        throw new UserException(
            ("%s: the target '%s' has no tokens of its own; give it a text or leave the item"
                    + " out (train.items)")
                .formatted(place, option));
      }
      continuations.add(Arrays.copyOfRange(whole, start.length, whole.length));
    }
    return new Example(start, continuations, shares);
  }

  /** The examples of a step: all, or a batch in an order drawn by the seed for each epoch. */
  static List<Integer> batch(int count, @Nullable Integer size, int step, long seed) {
    if (size == null || size >= count) {
      return IntStream.range(0, count).boxed().toList();
    }
    int perEpoch = count / size;
    CounterRandom random = CounterRandom.of(seed, "batch").at(step / perEpoch);
    int from = step % perEpoch * size;
    return shuffled(IntStream.range(0, count).boxed(), random::bits).stream()
        .skip(from)
        .limit(size)
        .toList();
  }
}
