package org.trimtab.method.adapter;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.Fact;
import org.trimtab.method.Adjustable;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.method.adapter.MarginLoss.Term;
import org.trimtab.model.Decoder;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.intervene.FinalAdapter;
import org.trimtab.model.intervene.FinalAdapter.Released;
import org.trimtab.model.intervene.FinalAdapter.Weights;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.LogitAdapter;
import org.trimtab.plan.Cell;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.Shuffle;
import org.trimtab.plan.Training;
import org.trimtab.plan.random.CounterRandom;

/** Learns the adapter of a cell. */
final class AdapterFit {
  private final Cell cell;
  private final AdapterSettings settings;
  private final FitContext context;
  private final Decoder decoder;
  private final Variant variant;

  private AdapterFit(Cell cell, AdapterSettings settings, FitContext context) {
    this.cell = cell;
    this.settings = settings;
    this.context = context;
    decoder = context.model().decoder();
    variant = settings.variant().only();
  }

  /**
   * A cell's tensors, one after the other, before the factor: a pure function of cell and model.
   */
  static LearnedVector of(Cell cell, AdapterSettings settings, FitContext context) {
    ObjectNode learned = cell.settings().deepCopy();
    learned.remove(List.of("like", "factor", "placement"));
    String key = "adapter " + learned + " " + cell.training() + " " + cell.seed();
    return context
        .states()
        .meter()
        .kept(context.vectors(), key, () -> new AdapterFit(cell, settings, context).learn());
  }

  /** The result of a fit with these tensors. */
  static FittedMethod fitted(
      AdapterSettings settings, FitContext context, float[] values, Map<String, Object> facts) {
    Decoder decoder = context.model().decoder();
    @Nullable Released released =
        settings.asReleased().only()
            ? new Released(decoder::finalNorm, decoder.embeddingHead()::logits)
            : null;
    DoubleFunction<Intervention> adapter =
        factor -> adapter(settings, decoder, values, factor, released);
    double factor = settings.factor().only();
    return new FittedMethod(
        adapter.apply(factor), facts, Optional.of(Adjustable.factor(factor, adapter)));
  }

  private static Intervention adapter(
      AdapterSettings settings,
      Decoder decoder,
      float[] values,
      double factor,
      @Nullable Released released) {
    Variant variant = settings.variant().only();
    int layers = decoder.config().layers();
    Weights module = variant.module(decoder.manager(), values, variant.width(decoder.config()));
    return variant == Variant.LOGITS
        ? new LogitAdapter(layers, module, factor, released)
        : new FinalAdapter(layers, module, factor, settings.placement().only(), released);
  }

  private LearnedVector learn() {
    int width = variant.width(decoder.config());
    settings.checkSize(width);
    Training training = cell.trained();
    List<List<int[]>> texts = texts(training.dataset(), training.items());
    int own = texts.size();
    @Nullable AnchorSettings anchors = settings.anchors();
    if (anchors != null) {
      texts.addAll(texts(anchors.dataset().text(), anchors.items()));
    }
    float[] start =
        settings.start().only().values(variant, settings.innerSize(), width, cell.seed());
    AdapterTraining course =
        new AdapterTraining(
            variant,
            new AdapterTraining.Rates(settings.rate().only(), settings.decay(), settings.clip()));
    try (MarginLoss loss =
            new MarginLoss(
                decoder,
                context.states().everyToken(),
                texts,
                settings.asReleased().only(),
                variant == Variant.LOGITS);
        NDManager manager = decoder.manager().newSubManager()) {
      Weights module = variant.module(manager, start, width);
      List<Term> all =
          IntStream.range(0, texts.size()).mapToObj(fact -> new Term(fact, 0, 1)).toList();
      double[] before;
      try (Weights nothing = variant.module(manager, new float[start.length], width)) {
        before = loss.value(nothing, all).margins();
      }
      List<Term> held =
          IntStream.range(own, texts.size())
              .mapToObj(fact -> anchor(fact, texts.size() - own))
              .toList();
      course.run(
          manager, loss, module, settings.steps().only(), terms(own, held), context.watcher());
      double[] after = loss.value(module, all).margins();
      float[] values = Variant.values(module);
      return new LearnedVector(values, facts(values, course, before, after, own));
    }
  }

  /** The token ids of the texts of some facts; of all for null. */
  private List<List<int[]>> texts(String dataset, @Nullable ItemSet items) {
    Path file = context.files().apply(dataset);
    List<List<int[]>> all = new ArrayList<>();
    for (Fact fact : Fact.read(file)) {
      if (items == null || items.contains(fact.index())) {
        all.add(tokens(context.model(), file, fact));
      }
    }
    return all;
  }

  /** The token ids of a fact's texts, the true one first. */
  static List<int[]> tokens(LanguageModel model, Path file, Fact fact) {
    return fact.texts().stream().map(text -> tokens(model, file, fact, text)).toList();
  }

  private static int[] tokens(LanguageModel model, Path file, Fact fact, String text) {
    int[] ids = model.tokenizer().encode(text, true);
    if (ids.length < 2) {
      throw new UserException(
          "%s: item %d ('%s'): '%s' has %d tokens; a text needs at least 2, the first of which is not scored"
              .formatted(file, fact.index(), fact.id(), text, ids.length));
    }
    model.decoder().requireReadable(ids.length);
    return ids;
  }

  private Term anchor(int fact, int count) {
    AnchorSettings anchors = settings.anchors();
    return anchors == null
        ? new Term(fact, 0, 0)
        : new Term(fact, anchors.margin(), anchors.weight() / count);
  }

  /** A step's facts, drawn without replacement by the seed, and all anchors. */
  private IntFunction<List<Term>> terms(int facts, List<Term> anchors) {
    List<Integer> all = IntStream.range(0, facts).boxed().toList();
    CounterRandom random = CounterRandom.of(cell.seed(), "adapter-batch");
    return step -> {
      CounterRandom own = random.at(step);
      List<Term> terms = new ArrayList<>();
      Shuffle.of(all, own::bits, Shuffle.Keys.SIGNED).stream()
          .limit(settings.batch())
          .forEach(fact -> terms.add(new Term(fact, settings.margin(), 1.0 / settings.batch())));
      terms.addAll(anchors);
      return terms;
    };
  }

  private Map<String, Object> facts(
      float[] values, AdapterTraining course, double[] before, double[] after, int own) {
    int width = variant.width(decoder.config());
    long parameters = variant.parameters(settings.innerSize(), width);
    Map<String, Object> facts = new TreeMap<>();
    facts.put("training.items", own);
    facts.put("parameters", parameters);
    facts.put("parameters.model", decoder.parameters());
    facts.put("parameters.share", (double) parameters / decoder.parameters());
    facts.put("steps", course.losses().size());
    facts.put("norm", LearnedVector.of(values).norm());
    if (!course.losses().isEmpty()) {
      facts.put("loss.first", course.losses().get(0));
      facts.put("loss.last", course.losses().get(course.losses().size() - 1));
      facts.put("gradient.first", course.firstNorms());
    }
    facts.put("training.margin.unmodified", mean(before, 0, own));
    facts.put("training.margin", mean(after, 0, own));
    facts.put("training.passes.unmodified", passes(before, 0, own));
    facts.put("training.passes", passes(after, 0, own));
    if (after.length > own) {
      facts.put("anchors.items", after.length - own);
      facts.put("anchors.passes.unmodified", passes(before, own, after.length));
      facts.put("anchors.passes", passes(after, own, after.length));
    }
    return facts;
  }

  private static double mean(double[] margins, int from, int to) {
    return IntStream.range(from, to).mapToDouble(i -> margins[i]).average().orElse(0);
  }

  private static long passes(double[] margins, int from, int to) {
    return IntStream.range(from, to).filter(i -> margins[i] > 0).count();
  }
}
