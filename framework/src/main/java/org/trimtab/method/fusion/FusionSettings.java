package org.trimtab.method.fusion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.method.tune.Domain;
import org.trimtab.method.tune.SearchWarning;
import org.trimtab.method.tune.TunerSettings;
import org.trimtab.model.intervene.ReferencePull;
import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.Levels;

/**
 * Settings of fusion steering: a' = a + s (reference - mean of a) in every block output of a
 * segment, with s found for each question.
 *
 * @param segments ranges of layers with one strength each
 * @param strength the search range of s in each segment; null if alpha and gamma are given
 * @param alpha the published first factor of s
 * @param gamma the published second factor of s
 * @param mean the positions over which the mean of a is taken
 * @param explanation follows the gold answer in the reference text; null for none
 * @param tuner proposes strengths
 * @param trials trials for each question
 * @param startup random trials before tpe uses earlier ones
 * @param objective what trials maximise
 */
public record FusionSettings(
    @Key(
            value =
                "layers with one strength each: full (one strength), thirds, or ranges such as"
                    + " 0-8 / 9-17 / 18-25",
            defaultValue = "full")
        Levels<Segments> segments,
    @Key("where a segment's strength is searched, such as 0.0..0.05, or fixed 0.02")
        @Nullable Levels<Domain> strength,
    @Key("first factor of the strength, as published; with gamma, instead of strength")
        @Nullable Levels<Domain> alpha,
    @Key("second factor of the strength, as published; with alpha, instead of strength")
        @Nullable Levels<Domain> gamma,
    @Key(
            value =
                "positions over which means are taken: prompt (the cache stays valid), or growing (all"
                    + " tokens so far, as published)",
            defaultValue = "prompt")
        Levels<ReferencePull.Mean> mean,
    @Key(
            "text after the gold answer in the reference, on a line of its own, with"
                + " {question} and {answer}; default: nothing")
        @Nullable String explanation,
    @Key(
            value = "what proposes strengths: tpe (from earlier trials), random, or grid",
            defaultValue = "tpe")
        Levels<TunerSettings.Kind> tuner,
    @Key(value = "trials per question", defaultValue = "5", min = 1, max = 10_000)
        Levels<Integer> trials,
    @Key(
            value = "tpe: random trials before earlier ones are used",
            defaultValue = "10",
            min = 0,
            max = 10_000)
        Levels<Integer> startup,
    @Key(value = "what trials maximise", defaultValue = "{}") ObjectiveSettings objective)
    implements MethodSettings {
  /** Refuses two ways of writing the strength, or none. */
  public FusionSettings {
    boolean product = alpha != null && gamma != null;
    boolean factor = alpha != null || gamma != null;
    if (strength == null ? !product : factor) {
      throw new UserException(
          "give the search a strength, such as 'strength: 0.0..0.05', or both 'alpha' and 'gamma'");
    }
  }

  /** The tuner's settings of one cell. */
  TunerSettings search() {
    TunerSettings defaults = TunerSettings.of(tuner.only(), trials.only());
    return new TunerSettings(
        defaults.kind(), defaults.trials(), startup.only(), defaults.candidates());
  }

  /** The reference text after the prompt. */
  String reference(String question, String answer) {
    return explanation == null
        ? answer
        : answer + "\n" + explanation.replace("{question}", question).replace("{answer}", answer);
  }

  @Override
  public List<String> warnings() {
    Strengths strengths = Strengths.of(this);
    List<Set<String>> products = strengths.products();
    List<String> messages = new ArrayList<>();
    SearchWarning.of(search(), strengths.space(), products)
        .forEach(warning -> messages.add(warning.message()));
    return messages;
  }

  @Override
  public @Nullable String secondModel() {
    return objective.perplexityModel();
  }

  @Override
  public Map<String, String> unused() {
    Map<String, String> unused = new HashMap<>(objective.unused());
    if (!tuner.values().contains(TunerSettings.Kind.TPE)) {
      unused.put("startup", "only 'tuner: tpe' begins with random trials");
    }
    return unused;
  }
}
