package org.trimtab.spec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.method.Methods;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.bind.SpecReader;
import org.trimtab.spec.yaml.Problem;
import org.trimtab.spec.yaml.SpecProblems;

/** A registry and a spec for tests: the framework's methods and two evaluators of their own. */
public final class TestSpecs {
  /** An evaluator that cannot be run. */
  public record Declared(
      String name, int version, String metricPrefix, Class<? extends Record> settings)
      implements EvaluatorDeclaration {
    @Override
    public Measurement measurement() {
      return MEASUREMENT;
    }
  }

  /** Settings of a quiz that scores items. */
  public record QuizSettings(
      @Key(value = "the data set", defaultValue = "truthfulqa") DatasetName dataset,
      @Key("items to score") @Nullable ItemSet items,
      @Key(value = "the first so many", min = 1) @Nullable Integer limit)
      implements EvaluationSettings {
    @Override
    public Optional<ItemSet> scored() {
      return Optional.ofNullable(items);
    }

    @Override
    public QuizSettings resolved(int available, OptionalInt planLimit) {
      return new QuizSettings(
          dataset, EvaluationSettings.select(dataset, items, limit, available, planLimit), null);
    }
  }

  /** Settings of a reading of running text. */
  public record ReadingSettings(
      @Key(value = "the text", defaultValue = "wikitext-2") DatasetName dataset,
      @Key(value = "tokens", min = 2) @Nullable Integer tokens)
      implements EvaluationSettings {
    @Override
    public Optional<ItemSet> scored() {
      return Optional.empty();
    }

    @Override
    public ReadingSettings resolved(int available, OptionalInt limit) {
      return this;
    }
  }

  /** One mean. */
  public static final Measurement MEASUREMENT =
      new Measurement(
          List.of(
              Metric.mean("mc1", Metric.Scale.SHARE, Metric.Direction.HIGHER, "A mean.").asMain()),
          ItemRoles.NONE);

  /** The framework's methods, a quiz and a reading. */
  public static final Registry REGISTRY =
      new Registry(
          Methods.all(),
          List.of(
              new Declared("truthfulqa-mc", 1, "truthfulqa", QuizSettings.class),
              new Declared("perplexity", 1, "wikitext", ReadingSettings.class)),
          Set.of("truthfulqa", "wikitext-2"));

  /** A spec that uses most of what there is. */
  public static final String SAMPLE =
      """
      name: sample
      question: Does it help?
      model: tiny
      seed: 0
      methods:
        baseline: {}
        directional-edit:
          train: {dataset: truthfulqa, folds: 2}
          direction: {hidden_state: 60%}
          layers: [5-29, last 25%]
          factor: [-1.0, 1.5]
        random-direction: {like: directional-edit}
      evaluate:
        truthfulqa-mc: {}
        perplexity: {dataset: wikitext-2, tokens: 20000}
      report:
        table: {rows: [method, layers], columns: [truthfulqa/mc1], against: baseline}
      """;

  private TestSpecs() {}

  /** The spec of a text, with overrides. */
  public static Spec spec(String text, String... overrides) {
    return new SpecReader(REGISTRY)
        .read("spec.yaml", text.getBytes(StandardCharsets.UTF_8), List.of(overrides));
  }

  /** The lines of what is wrong with a text. */
  public static List<String> problems(String text, String... overrides) {
    return problems(text.getBytes(StandardCharsets.UTF_8), overrides);
  }

  /** The lines of what is wrong with some bytes; none when nothing is. */
  public static List<String> problems(byte[] bytes, String... overrides) {
    try {
      new SpecReader(REGISTRY).read("spec.yaml", bytes, List.of(overrides));
      return List.of();
    } catch (SpecProblems e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }

  /** A method of a spec. */
  public static MethodSpec method(Spec spec, String key) {
    return Objects.requireNonNull(spec.methods().get(key));
  }

  /** The sample with one piece replaced, which must be there. */
  public static String sampleWith(String piece, String replacement) {
    if (!SAMPLE.contains(piece)) {
      throw new IllegalArgumentException(piece);
    }
    return SAMPLE.replace(piece, replacement);
  }
}
