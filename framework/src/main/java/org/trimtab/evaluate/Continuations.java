package org.trimtab.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trimtab.evaluate.score.DivergedException;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.Scorer;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.NonFiniteLogitsException;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.TextGenerator;
import org.trimtab.model.TextGenerator.Continuation;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.model.intervene.Intervention;

/** Prompts that are continued greedily, in batches that are the same for all cells. */
public final class Continuations implements AutoCloseable {
  private final EvaluationContext context;
  private final TextGenerator generator;
  private final Decoding decoding;
  private final List<List<Item>> batches;
  private final Scorer first;

  /**
   * A prompt of an item.
   *
   * @param item the item's id
   * @param prompt the prompt, rendered
   */
  public record Item(int item, PromptTokens prompt) {}

  /**
   * Divides prompts into batches, none of which mixes groups.
   *
   * @param items at least one
   * @param rows the largest number of prompts continued together
   */
  public Continuations(EvaluationContext context, Decoding decoding, List<Item> items, int rows) {
    this.context = context;
    this.generator = new TextGenerator(context.model());
    this.decoding = decoding;
    this.batches = batches(items, rows);
    Item begin = items.get(0);
    this.first = scorer(begin.prompt().ids(), begin.item());
  }

  private List<List<Item>> batches(List<Item> items, int rows) {
    Map<Integer, List<Item>> groups = new TreeMap<>();
    for (Item each : items) {
      int group = context.group().applyAsInt(each.item());
      groups.computeIfAbsent(group, unused -> new ArrayList<>()).add(each);
    }
    List<List<Item>> all = new ArrayList<>();
    for (List<Item> group : groups.values()) {
      for (int from = 0; from < group.size(); from += rows) {
        all.add(group.subList(from, Math.min(from + rows, group.size())));
      }
    }
    return all;
  }

  /** Looks at the token behind a sequence, for what has no other scorer. */
  private Scorer scorer(int[] sequence, int item) {
    List<Request> next = List.of(new Request(sequence, new int[] {0}));
    return context.scorer(context.plan(List.of(new ScoringItem(item, 0, next))));
  }

  /** The ids of the items of each batch. */
  public List<List<Integer>> batches() {
    return batches.stream().map(batch -> batch.stream().map(Item::item).toList()).toList();
  }

  /** The tokens of a batch's prompts and of the longest texts behind them. */
  public long tokens(int batch) {
    return batches.get(batch).stream()
        .mapToLong(item -> item.prompt().ids().length + decoding.limit())
        .sum();
  }

  /**
   * Continues the prompts of a batch.
   *
   * @return the continuations, in the batch's order
   * @throws DivergedException when a logit is not finite
   */
  public List<Continuation> of(int batch, Intervention intervention) {
    List<Item> rows = batches.get(batch);
    try {
      return generator.generate(
          rows.stream().map(row -> new Generator.Prompt(row.prompt().ids(), intervention)).toList(),
          decoding);
    } catch (NonFiniteLogitsException e) {
      int item = rows.get(e.prompt()).item();
      try (Scorer place = scorer(e.tokens(), item)) {
        place.score(0, intervention);
      }
      LanguageModel model = context.model();
      throw new DivergedException(model.decoder().config().layers(), e.tokens().length - 1, item);
    }
  }

  /** The largest change of a logit after the first prompt. */
  public double effect(Intervention intervention) {
    return first.effect(intervention);
  }

  /** The first prompt as the model reads it. */
  public Evaluation.Example example() {
    int[] prompt = batches.get(0).get(0).prompt().ids();
    return new Evaluation.Example(context.model().tokenizer().decode(prompt, false), "");
  }

  @Override
  public void close() {
    first.close();
  }
}
