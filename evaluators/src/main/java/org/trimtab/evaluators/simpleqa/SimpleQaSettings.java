package org.trimtab.evaluators.simpleqa;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.evaluate.grade.JudgeSettings;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.SelectSettings;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.Key;

/**
 * Settings of SimpleQA.
 *
 * @param dataset the data set
 * @param select how items are chosen by what the baseline answers; null for none
 * @param items the items to answer; null for all
 * @param limit only the first so many of them; null for all
 * @param chatTemplate whether the prompt is a user message in the model's chat template
 * @param prompt what is asked, with {@code {question}}; null for the question alone
 * @param maxNewTokens tokens of an answer at most
 * @param stop texts that end an answer; null for none
 * @param judge grades the answers; null for containment alone
 */
public record SimpleQaSettings(
    @Key(value = "the data set", defaultValue = "simpleqa") DatasetName dataset,
    @Key("items that are chosen by a run of the baseline; default: all that are named")
        @Nullable SelectSettings select,
    @Key("items to answer, such as 0-99; default all") @Nullable ItemSet items,
    @Key(value = "answer only the first N of these items; default all", min = 1)
        @Nullable Integer limit,
    @Key(
            value = "put the prompt into one user turn of the model's chat template",
            defaultValue = "true")
        boolean chatTemplate,
    @Key("what is asked, with {question}; default: the question alone") @Nullable String prompt,
    @Key(value = "tokens of an answer at most", defaultValue = "64", min = 1, max = 4096)
        int maxNewTokens,
    @Key("texts that end an answer; default: none") @Nullable List<String> stop,
    @Key("a model that grades the answers; default none: simpleqa/contains alone is measured")
        @Nullable JudgeSettings judge)
    implements EvaluationSettings {
  static final String QUESTION = "{question}";

  /** Checks texts. */
  public SimpleQaSettings {
    stop = stop == null ? null : List.copyOf(stop);
    if (select != null && select.cell() == null && select.of() != null && items != null) {
      throw new UserException(
          "'items' and 'select: {of: ...}' both name the items to choose from; keep one of them");
    }
    if (prompt != null && !prompt.contains(QUESTION)) {
      throw new UserException("prompt '" + prompt + "': " + QUESTION + " is missing in it");
    }
    if (stop != null && stop.contains("")) {
      throw new UserException("stop: an empty text would end every answer at once; leave it out");
    }
  }

  /** Texts that end an answer. */
  List<String> stops() {
    return stop == null ? List.of() : stop;
  }

  private @Nullable ItemSet named() {
    return items == null && select != null ? select.candidates().orElse(null) : items;
  }

  @Override
  public Optional<SelectSettings> selection() {
    return Optional.ofNullable(select);
  }

  @Override
  public Set<DatasetKind> reads() {
    return Set.of(DatasetKind.SHORT_QUESTIONS);
  }

  @Override
  public Optional<ItemSet> scored() {
    return Optional.ofNullable(items);
  }

  @Override
  public SimpleQaSettings resolved(int available, OptionalInt planLimit) {
    ItemSet chosen = EvaluationSettings.select(dataset, named(), limit, available, planLimit);
    return new SimpleQaSettings(
        dataset,
        select == null || select.cell() == null ? null : select,
        chosen,
        null,
        chatTemplate,
        prompt,
        maxNewTokens,
        stop,
        judge);
  }

  @Override
  public Map<String, String> unused() {
    return judge == null
        ? Map.of()
        : judge.unused().entrySet().stream()
            .collect(Collectors.toMap(entry -> "judge." + entry.getKey(), Map.Entry::getValue));
  }
}
