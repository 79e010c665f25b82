package org.trimtab.method.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.method.FitContext;
import org.trimtab.method.LearnedVector;
import org.trimtab.method.delta.PenaltyPath.Strength;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.plan.Cell;

/** Learns the vector of a cell, starting from that of its base if it has one. */
final class DeltaFit {
  private static final double ADAM_RATE = 0.01;

  private final Cell cell;
  private final LearnedDeltaSettings settings;
  private final DeltaSite site;
  private final FitContext context;

  private DeltaFit(Cell cell, LearnedDeltaSettings settings, FitContext context) {
    this.cell = cell;
    this.settings = settings;
    this.context = context;
    site = DeltaSite.of(settings, context);
  }

  /** A cell's vector, before it is multiplied by the factor: a pure function of cell and model. */
  static LearnedVector of(Cell cell, LearnedDeltaSettings settings, FitContext context) {
    return context
        .states()
        .meter()
        .kept(context.vectors(), key(cell), () -> new DeltaFit(cell, settings, context).learn());
  }

  /** Everything that a vector depends on within a run. */
  private static String key(Cell cell) {
    ObjectNode learned = cell.settings().deepCopy();
    learned.remove(List.of("like", "factor"));
    List<String> bases = cell.bases().stream().map(DeltaFit::key).toList();
    return learned + " " + cell.training() + " " + cell.seed() + " " + bases;
  }

  private LearnedVector learn() {
    List<Example> examples = Examples.of(cell, context, settings.loss(), settings.examples());
    try (TaskLoss loss =
        TaskLoss.atPromptEnd(
            site.decoder(), examples, settings.loss(), site.layer(), site::delta)) {
      List<Integer> all = IntStream.range(0, loss.size()).boxed().toList();
      float[] zeros = new float[site.width()];
      Loss.Point unsteered = loss.first(zeros, "layers " + site.layer());
      Map<String, Object> facts = new TreeMap<>();
      Strength strength = settings.strength();
      float[] start = zeros;
      if (strength == null) {
        PenaltyPath.Fit chosen = chosen(loss, zeros, facts);
        strength = chosen.strength();
        start = chosen.vector();
        facts.put("lambda1", strength.lambda1());
        facts.put("lambda2", strength.lambda2());
      } else if (!cell.bases().isEmpty()) {
        Cell base = cell.bases().get(0);
        start = of(base, new LearnedDelta().settings(base), context).values();
      }
      Penalty penalty = penalty(strength);
      Descent descent = descent();
      Loss.Point first = start == zeros ? unsteered : loss.point(start);
      float[] vector = minimised(loss, all, penalty, start, first, descent);
      facts.putAll(facts(vector, penalty, loss.point(vector)));
      facts.put("training.items", examples.size());
      facts.put("steps", descent.steps());
      facts.put("step_size", descent.rate());
      facts.put("settled", descent.settled());
      facts.put("loss.unsteered", unsteered.value());
      facts.put("lambda2.all_off", penalty.offAt(unsteered.gradient()));
      return new LearnedVector(vector, facts);
    }
  }

  /** Learns from some of the examples with every penalty, and selects by the others. */
  private PenaltyPath.Fit chosen(TaskLoss loss, float[] zeros, Map<String, Object> facts) {
    PenaltyChoice choice = Objects.requireNonNull(settings.choose());
    PenaltyChoice.Split split = choice.split(loss.size(), cell.seed());
    Loss learned = loss.of(split.learned());
    Loss held = loss.of(split.held());
    PenaltyPath path =
        new PenaltyPath(
            choice.path(),
            settings.warmStart(),
            (strength, before) -> {
              Penalty penalty = penalty(strength);
              Descent descent = descent();
              float[] start = before == null ? zeros : before;
              float[] vector =
                  minimised(loss, split.learned(), penalty, start, learned.point(start), descent);
              Loss.Point last = learned.point(vector);
              return new PenaltyPath.Fit(
                  strength,
                  vector,
                  descent.steps(),
                  last.value(),
                  last.value() + penalty.value(vector),
                  held.value(vector),
                  penalty.alive(vector).size(),
                  zeros(vector),
                  penalty.residual(vector, last.gradient()));
            });
    facts.putAll(path.facts());
    facts.put("validation.items", split.held().size());
    facts.put("loss.validation.unsteered", held.value(zeros));
    return path.best();
  }

  private Penalty penalty(Strength strength) {
    return new Penalty(strength.lambda1(), strength.lambda2(), site.groupSize());
  }

  private Descent descent() {
    return Descent.of(settings.steps(), settings.tolerance(), settings.batch(), context.watcher());
  }

  private float[] minimised(
      TaskLoss loss,
      List<Integer> examples,
      Penalty penalty,
      float[] start,
      Loss.Point first,
      Descent descent) {
    @Nullable Double rate = settings.rate();
    return switch (settings.optimiser().only()) {
      case PROXIMAL_GRADIENT -> {
        ProximalGradient optimiser =
            rate == null ? ProximalGradient.accelerated() : ProximalGradient.accelerated(rate);
        yield optimiser.minimise(loss.of(examples), penalty, start, first, descent);
      }
      case PROXIMAL_ADAM ->
          new ProximalAdam(rate == null ? ADAM_RATE : rate)
              .minimise(
                  step ->
                      loss.of(
                          Examples.batch(examples.size(), settings.batch(), step, cell.seed())
                              .stream()
                              .map(examples::get)
                              .toList()),
                  penalty,
                  start,
                  descent);
    };
  }

  private Map<String, Object> facts(float[] vector, Penalty penalty, Loss.Point last) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("loss", last.value());
    facts.put("objective", last.value() + penalty.value(vector));
    facts.put("kkt.residual", penalty.residual(vector, last.gradient()));
    facts.put("norm", LearnedVector.of(vector).norm());
    facts.put("zeros", zeros(vector));
    facts.put("entries", vector.length);
    if (site.site() == PromptEndDelta.Site.O_PROJ_INPUT) {
      facts.put("heads.alive", penalty.alive(vector));
      facts.put("heads.norm", penalty.lengths(vector));
    }
    return facts;
  }

  private static int zeros(float[] vector) {
    int zeros = 0;
    for (float value : vector) {
      zeros += value == 0 ? 1 : 0;
    }
    return zeros;
  }
}
