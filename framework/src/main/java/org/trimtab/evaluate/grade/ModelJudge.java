package org.trimtab.evaluate.grade;

import java.util.List;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.NonFiniteLogitsException;
import org.trimtab.model.TextGenerator;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.model.intervene.Intervention;

/** A model in this process as a judge: greedy, through its chat template, one answer at a time. */
final class ModelJudge implements Judge {
  private static final int REPLY_TOKENS = 16;

  private final LanguageModel model;
  private final JudgeSettings settings;
  private final GradingPrompt prompt;
  private final TextGenerator generator;
  private final Decoding decoding;

  /** A judge that closes its model. */
  ModelJudge(LanguageModel model, JudgeSettings settings) {
    Integer limit = settings.maxTokens();
    this.model = model;
    this.settings = settings;
    this.prompt = new GradingPrompt(settings.template());
    this.generator = new TextGenerator(model);
    this.decoding = new Decoding(limit == null ? REPLY_TOKENS : limit, List.of());
  }

  @Override
  public List<Verdict> grade(List<Candidate> candidates) {
    return candidates.stream().map(this::grade).toList();
  }

  private Verdict grade(Candidate candidate) {
    String asked = model.userPrompt(prompt.of(candidate));
    int[] tokens = model.tokenizer().encode(asked, false);
    int most = model.decoder().config().contextLength();
    if (tokens.length + decoding.limit() > most) {
      return Verdict.ungraded(
          "the request has %d tokens, and the context of %s is %d"
              .formatted(tokens.length, model.name(), most));
    }
    Generator.Prompt request = new Generator.Prompt(tokens, Intervention.NONE);
    try {
      String reply = generator.generate(List.of(request), decoding).get(0).text();
      return Verdict.of(asked, reply, settings.parser());
    } catch (NonFiniteLogitsException e) {
      return Verdict.ungraded(model.name() + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
