package org.trimtab.method.delta;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.data.Fact;
import org.trimtab.data.Opinion;
import org.trimtab.data.Pair;
import org.trimtab.data.PairPrompt;
import org.trimtab.method.FitContext;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.PromptTokens;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Shuffle;
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
    Training training = cell.trained();
    Path file = context.files().apply(training.dataset());
    List<Integer> chosen = chosen(training, cell.seed(), wanted);
    LanguageModel model = context.model();
    if (DatasetKind.of(file) == DatasetKind.FACTS) {
      return Fact.read(file).stream()
          .filter(fact -> chosen.contains(fact.index()))
          .map(fact -> example(model, file + ": item " + fact.index(), fact, objective))
          .toList();
    }
    return switch (objective) {
      case NLL ->
          pairs(cell, context, wanted).stream()
              .map(
                  pair -> {
                    String place = file + ": item " + pair.index();
                    List<String> target = List.of(PairPrompt.target(pair));
                    return example(model, place, PairPrompt.prompt(pair), target, new double[] {1});
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
                    return example(model, place, opinion.prompt(), opinion.options(), shares);
                  })
              .toList();
    };
  }

  /** A cell's examples as in their file; multiple choices count by their best answer. */
  static List<Pair> pairs(Cell cell, FitContext context, @Nullable Levels<Integer> wanted) {
    List<Integer> chosen = chosen(cell.trained(), cell.seed(), wanted);
    return all(cell, context).stream().filter(pair -> chosen.contains(pair.index())).toList();
  }

  /** All items of the data set that a cell learns from, in the same form. */
  static List<Pair> all(Cell cell, FitContext context) {
    Training training = cell.trained();
    Path file = context.files().apply(training.dataset());
    return DatasetKind.of(file) == DatasetKind.MULTIPLE_CHOICE
        ? context.items().apply(training.dataset()).stream()
            .map(each -> new Pair(each.index(), each.question(), each.mc1().texts().get(0)))
            .toList()
        : Pair.read(file);
  }

  /** The training items, or some drawn by the seed, in the file's order. */
  static List<Integer> chosen(Training training, long seed, @Nullable Levels<Integer> wanted) {
    List<Integer> ids = training.items().ids();
    if (wanted == null) {
      return ids;
    }
    CounterRandom random = CounterRandom.of(seed, "examples");
    return Shuffle.of(ids, id -> random.at(id).bits(0), Shuffle.Keys.SIGNED).stream()
        .limit(wanted.only())
        .sorted()
        .toList();
  }

  /** A fact whose true completion is wanted: alone, or rather than the false ones. */
  private static Example example(
      LanguageModel model, String place, Fact fact, TaskObjective objective) {
    List<String> completions = new ArrayList<>(List.of(" " + fact.truth()));
    if (objective == TaskObjective.KL) {
      fact.distractors().forEach(each -> completions.add(" " + each));
    }
    double[] shares = new double[completions.size()];
    shares[0] = 1;
    return example(model, place, fact.prompt(), completions, shares);
  }

  /** An example whose options are the continuations of the prompt, all of them plain texts. */
  static Example example(
      LanguageModel model, String place, String prompt, List<String> options, double[] shares) {
    PromptTokens start = PromptTokens.of(model, prompt, false);
    if (start.ids().length == 0) {
      throw new UserException(place + ": the prompt '" + prompt + "' has no tokens");
    }
    List<int[]> continuations = new ArrayList<>();
    for (String option : options) {
      int[] continuation = start.continuation(option);
      if (continuation.length == 0) {
        throw new UserException(
            ("%s: the target '%s' has no tokens of its own; give it a text or leave the item out"
                    + " (train.items)")
                .formatted(place, option));
      }
      continuations.add(continuation);
    }
    return new Example(start.ids(), continuations, shares);
  }

  /** The examples of a step: all, or a batch in an order drawn by the seed for each epoch. */
  static List<Integer> batch(int count, @Nullable Integer size, int step, long seed) {
    if (size == null || size >= count) {
      return IntStream.range(0, count).boxed().toList();
    }
    int perEpoch = count / size;
    CounterRandom random = CounterRandom.of(seed, "batch").at(step / perEpoch);
    int from = step % perEpoch * size;
    return Shuffle.of(IntStream.range(0, count).boxed().toList(), random::bits, Shuffle.Keys.SIGNED)
        .stream()
        .skip(from)
        .limit(size)
        .toList();
  }
}
