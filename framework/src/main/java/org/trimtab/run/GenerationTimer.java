package org.trimtab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.evaluate.answer.AnsweringIntervention;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.NonFiniteLogitsException;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.intervene.Intervention;

/** Times the generation of a few tokens after a short prompt, so that every cell can afford it. */
final class GenerationTimer {
  private static final String PROMPT = "The sea is wide, and";

  /** Tokens after which a generation has its pace: the first ones prepare weights and code. */
  private static final int WARM_UP = 3;

  private static final int TIMED = 8;

  private final LanguageModel model;

  GenerationTimer(LanguageModel model) {
    this.model = model;
  }

  /**
   * The time of a token under an intervention and without it, one directly after the other.
   *
   * @return empty for what answers questions itself, and where the generation is too long for the
   *     model or not finite
   */
  Optional<GenerationTime> of(Intervention intervention) {
    int[] prompt = PromptTokens.of(model, intervention.context() + PROMPT, false).ids();
    int length = prompt.length + WARM_UP + TIMED;
    if (intervention instanceof AnsweringIntervention
        || length > model.decoder().config().contextLength()) {
      return Optional.empty();
    }
    try {
      int[] own = PromptTokens.of(model, PROMPT, false).ids();
      double unmodified = seconds(own, Intervention.NONE);
      boolean nothing =
          intervention.lowestLayer() == Integer.MAX_VALUE && intervention.context().isEmpty();
      double seconds = nothing ? unmodified : seconds(prompt, intervention);
      return Optional.of(new GenerationTime(seconds, unmodified));
    } catch (NonFiniteLogitsException e) {
      return Optional.empty();
    }
  }

  /** The median over tokens, which a single pause of the machine does not move. */
  private double seconds(int[] prompt, Intervention intervention) {
    List<Long> ends = new ArrayList<>();
    new Generator(model.decoder())
        .generate(
            List.of(new Generator.Prompt(prompt, intervention)),
            WARM_UP + TIMED,
            (row, generated) -> {
              ends.add(System.nanoTime());
              return false;
            });
    List<Long> times = new ArrayList<>();
    for (int token = WARM_UP; token < ends.size(); token++) {
      times.add(ends.get(token) - ends.get(token - 1));
    }
    times.sort(null);
    int middle = times.size() / 2;
    return (times.get(middle) + times.get(middle - 1)) / 2e9;
  }
}
