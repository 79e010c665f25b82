package org.trimtab.evaluators.exactmatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.data.Pair;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.Metrics;
import org.trimtab.evaluate.score.DivergedException;
import org.trimtab.evaluators.exactmatch.ExactMatch.ExactMatchSettings;
import org.trimtab.model.Decoder;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.PromptContext;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.model.intervene.ReferencePull;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.spec.DatasetName;
import org.trimtab.testing.TinyModel;

class PairEvaluationTest {
  private static final int NEW_TOKENS = 5;

  @TempDir Path folder;
  private LanguageModel model;
  private NDManager manager;
  private Path file;

  @BeforeEach
  void load() throws IOException {
    Path path = TinyModel.write(folder.resolve("model"));
    model = LanguageModel.load("tiny", path, Device.cpu(), DataType.FLOAT32);
    manager = model.decoder().manager().newSubManager();
    file =
        Files.writeString(
            folder.resolve("task.csv"),
            """
            prompt,target
            hot,cold
            wet,dry
            a rather long question,a short answer
            big,small
            up,down
            left,right
            slow,fast
            """);
  }

  @AfterEach
  void free() {
    manager.close();
    model.close();
  }

  private Evaluation evaluation(int shots, String items) {
    ObjectNode settings =
        JsonNodeFactory.instance
            .objectNode()
            .put("dataset", "task")
            .put("items", items)
            .put("shots", shots)
            .put("new_tokens", NEW_TOKENS)
            .put("chat_template", false);
    PlannedEvaluation planned =
        new PlannedEvaluation("task", "exact-match", 1, "task", "task", settings, null);
    return new ExactMatch()
        .prepare(
            planned,
            new EvaluationContext(
                model,
                file,
                i -> i % 2,
                new TreeSet<>(),
                judge -> {
                  throw new IllegalStateException("no judge is asked");
                },
                40,
                0));
  }

  private Map<Integer, ItemResult> scored(Evaluation evaluation, Intervention intervention) {
    Map<Integer, ItemResult> results = new TreeMap<>();
    for (int batch = 0; batch < evaluation.batches().size(); batch++) {
      evaluation.score(batch, intervention).forEach(each -> results.put(each.item(), each));
    }
    return results;
  }

  /** What one prompt gives when every token is computed anew, alone and without a cache. */
  private record Plain(String text, int rank) {}

  private Plain plain(String prompt, String target, Intervention intervention) {
    int[] ids = model.tokenizer().encode(prompt, true);
    int first = model.tokenizer().encode(prompt + " " + target, true)[ids.length];
    List<Integer> tokens = new ArrayList<>();
    for (int id : ids) {
      tokens.add(id);
    }
    int rank = 0;
    String text = "";
    for (int step = 0; step < NEW_TOKENS && !text.contains("\n"); step++) {
      int[] all = tokens.stream().mapToInt(i -> i).toArray();
      float[] logits = logits(all, ids.length - 1, intervention);
      int best = 0;
      int above = 0;
      for (int i = 0; i < logits.length; i++) {
        best = logits[i] > logits[best] ? i : best;
        above += logits[i] > logits[first] ? 1 : 0;
      }
      rank = step == 0 ? above + 1 : rank;
      if (model.tokenizer().ends().contains(best)) {
        break;
      }
      tokens.add(best);
      int[] generated =
          tokens.subList(ids.length, tokens.size()).stream().mapToInt(i -> i).toArray();
      text = model.tokenizer().decode(generated, true);
    }
    return new Plain(text, rank);
  }

  private float[] logits(int[] tokens, int promptEnd, Intervention intervention) {
    Decoder decoder = model.decoder();
    Segment segment = Segment.sequence(tokens, promptEnd, null);
    int last = tokens.length - 1;
    try (NDManager scratch = decoder.manager().newSubManager();
        Pass pass = decoder.pass(scratch, List.of(segment), intervention)) {
      NDArray hidden = decoder.run(scratch, pass);
      return decoder.logits(hidden.get(new NDIndex("{}:{}", last, last + 1))).toFloatArray();
    }
  }

  private Set<String> assertLikePlain(Intervention intervention, String context) {
    Map<Integer, ItemResult> results = scored(evaluation(0, "0-6"), intervention);
    assertThat(results).hasSize(7);
    Set<String> texts = new HashSet<>();
    for (Pair pair : Pair.read(file)) {
      Plain plain = plain(context + "Q: " + pair.prompt() + "\nA:", pair.target(), intervention);
      ItemResult result = Objects.requireNonNull(results.get(pair.index()));
      assertThat(result.details().get("generated").asText()).isEqualTo(plain.text());
      assertThat(result.details().get("target").asText()).isEqualTo(pair.target());
      assertThat(result.scores())
          .containsEntry("rank", (double) plain.rank())
          .containsEntry("reciprocal_rank", 1.0 / plain.rank());
      texts.add(pair.index() + plain.text());
    }
    return texts;
  }

  @Test
  void cacheAndBatchesChangeNothing() {
    Set<String> unsteered = assertLikePlain(Intervention.NONE, "");
    NDArray delta = manager.ones(new Shape(32)).mul(3);

    Set<String> steered =
        assertLikePlain(new PromptEndDelta(1, PromptEndDelta.Site.BLOCK_OUTPUT, delta), "");
    NDArray references = manager.ones(new Shape(TinyModel.LAYERS, 32)).mul(3);
    List<Double> strengths = List.of(0.0, 0.0, 0.5, 0.0);
    Set<String> pulled =
        assertLikePlain(new ReferencePull(references, strengths, ReferencePull.Mean.GROWING), "");

    assertThat(steered).isNotEqualTo(unsteered);
    assertThat(pulled).isNotEqualTo(unsteered);
  }

  @Test
  void examplesStandBeforeThePromptAndTheModelIsLeftAlone() {
    String context = "Q: rich\nA: poor\n\n";
    PromptContext examples = new PromptContext(context);

    assertLikePlain(examples, context);
    assertThat(evaluation(0, "0-6").effect(examples)).isPositive();
    assertThat(evaluation(0, "0-6").effect(new PromptContext(""))).isZero();
  }

  @Test
  void examplesOfTheEvaluatorAreNeverScored() {
    Evaluation evaluation = evaluation(3, "0-3");

    String given = evaluation.example().orElseThrow().context();
    assertThat(given)
        .contains("Q: up\nA: down\n\n", "Q: left\nA: right\n\n")
        .endsWith("Q: hot\nA:");
    assertThat(given).doesNotContain("wet", "big");
    assertThatThrownBy(
            () ->
                new ExactMatchSettings(DatasetName.parse("task"), null, null, 3, 16, false)
                    .resolved(7, OptionalInt.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("shots 3: 0 items of task are not scored");
  }

  @Test
  void batchesNeverMixGroups() {
    assertThat(evaluation(0, "0-6").batches())
        .allSatisfy(batch -> assertThat(batch.stream().map(i -> i % 2).distinct()).hasSize(1));
  }

  @Test
  void numbersThatAreNotFiniteAreNoScore() {
    NDArray delta = manager.ones(new Shape(32)).mul(Float.NaN);
    Intervention broken = new PromptEndDelta(1, PromptEndDelta.Site.BLOCK_OUTPUT, delta);

    assertThatThrownBy(() -> evaluation(0, "0-6").score(0, broken))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("not finite at layer 1, ");
  }

  @Test
  void theSummaryHasMeansAndTheMedianRank() {
    List<ItemResult> results = new ArrayList<>();
    for (double rank : new double[] {1, 4, 2, 10}) {
      results.add(
          new ItemResult(
              results.size(),
              JsonNodeFactory.instance.objectNode(),
              Map.of(
                  "exact_match", rank == 1 ? 1.0 : 0, "rank", rank, "reciprocal_rank", 1 / rank)));
    }

    assertThat(Metrics.of(new ExactMatch(), results))
        .isEqualTo(Map.of("exact_match", 0.25, "rank_median", 3.0, "reciprocal_rank", 1.85 / 4));
    assertThat(Metrics.of(new ExactMatch(), results.subList(0, 3)))
        .containsEntry("rank_median", 2.0);
  }
}
