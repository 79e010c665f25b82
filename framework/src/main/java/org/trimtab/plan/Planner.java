package org.trimtab.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.spec.EvaluationSpec;
import org.trimtab.spec.MethodKind;
import org.trimtab.spec.MethodSpec;
import org.trimtab.spec.Position;
import org.trimtab.spec.Precision;
import org.trimtab.spec.Problem;
import org.trimtab.spec.Settings;
import org.trimtab.spec.Spec;
import org.trimtab.spec.SpecProblems;

/**
 * Expands a spec to its cells: every method, with every combination of its levels (in the order of
 * writing, the last factor fastest), for every seed, for every fold. Baselines come first.
 */
public final class Planner {
  private static final int MOST_CELLS = 100_000;

  /** A cell before its identity, which needs all cells' groups. */
  private record Draft(
      MethodSpec method, ObjectNode settings, @Nullable Training training, long seed) {}

  private final Spec spec;
  private final ModelFacts model;
  private final DatasetFacts datasets;
  private final OptionalInt limit;
  private final List<Problem> problems = new ArrayList<>();

  private Planner(Spec spec, ModelFacts model, DatasetFacts datasets, OptionalInt limit) {
    this.spec = spec;
    this.model = model;
    this.datasets = datasets;
    this.limit = limit;
  }

  /**
   * The plan of a spec on a model.
   *
   * @param device the kind of device that it runs on: {@code cpu} or {@code gpu}
   * @param limit the first items of every data set alone, training included, when given
   * @throws SpecProblems with everything in the spec that the model or the data sets don't allow
   */
  public static Plan plan(
      Spec spec,
      ModelFacts model,
      DatasetFacts datasets,
      String device,
      Precision precision,
      OptionalInt limit) {
    if (limit.isPresent() && limit.getAsInt() < 1) {
      throw new UsageException("--limit " + limit.getAsInt() + ": must be at least 1");
    }
    return new Planner(spec, model, datasets, limit).plan(device, precision);
  }

  private Plan plan(String device, Precision precision) {
    List<PlannedEvaluation> evaluations = new ArrayList<>();
    spec.evaluate().values().forEach(each -> evaluation(each).ifPresent(evaluations::add));
    List<Draft> drafts = new ArrayList<>();
    spec.methods().values().stream()
        .sorted(Comparator.comparing(each -> each.declaration().kind() != MethodKind.BASELINE))
        .forEach(method -> draft(method, drafts));
    for (Draft draft : drafts) {
      checkSomethingIsScored(draft, evaluations);
    }
    if (!problems.isEmpty()) {
      throw new SpecProblems(problems);
    }
    Map<String, Groups> groups = new LinkedHashMap<>();
    List<Training> trainings =
        drafts.stream().map(Draft::training).flatMap(t -> Optional.ofNullable(t).stream()).toList();
    for (PlannedEvaluation evaluation : evaluations) {
      groups.put(evaluation.dataset(), Groups.ofTrainings(trainings, evaluation.dataset()));
    }
    Identity identity = new Identity(model, datasets, device, precision, evaluations, groups);
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (Draft draft : drafts) {
      ObjectNode json = identity.of(draft.method, draft.settings, draft.training, draft.seed);
      String id = CanonicalJson.sha256(json).substring(0, 16);
      cells.putIfAbsent(
          id,
          new Cell(
              cells.size(),
              id,
              draft.method.declaration().name(),
              draft.settings,
              draft.training,
              draft.seed,
              evaluations,
              json));
    }
    return new Plan(spec.name(), spec.question(), List.copyOf(cells.values()));
  }

  private Optional<PlannedEvaluation> evaluation(EvaluationSpec evaluation) {
    EvaluationSettings settings = (EvaluationSettings) evaluation.values();
    String dataset = settings.dataset().text();
    try {
      ObjectNode tree = Settings.tree(settings.resolved(datasets.items(dataset), limit));
      String owner = "evaluator " + evaluation.declaration().name();
      RecordedName.check(evaluation.declaration().name(), owner);
      RecordedName.check(evaluation.declaration().metricPrefix(), owner);
      RecordedName.checkKeys(tree, owner);
      return Optional.of(
          new PlannedEvaluation(
              evaluation.key(),
              evaluation.declaration().name(),
              evaluation.declaration().version(),
              evaluation.metricPrefix(),
              dataset,
              tree));
    } catch (UserException e) {
      Position at = evaluation.places().getOrDefault("items", evaluation.at());
      problem(at, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void draft(MethodSpec method, List<Draft> drafts) {
    int before = problems.size();
    ObjectNode resolved =
        Settings.resolve(
            method.settings(),
            method.settingsType(),
            model.layers(),
            (path, reason) -> problem(method.place(path), name(path) + " " + reason));
    long most = MOST_CELLS / spec.seed().values().size();
    if (Settings.combinations(resolved, method.settingsType()) > most) {
      problem(method.at(), "expands to more than " + MOST_CELLS + " cells; use fewer levels");
    }
    if (problems.size() > before) {
      return;
    }
    for (ObjectNode settings : Settings.expand(resolved, method.settingsType())) {
      Record bound = Settings.bind(settings, method.settingsType());
      try {
        RecordedName.checkKeys(settings, "method " + method.declaration().name());
        if (bound instanceof ModelChecked checked) {
          checked.check(model);
        }
      } catch (UserException e) {
        problem(method.at(), String.valueOf(e.getMessage()));
      }
      for (long seed : spec.seed().values()) {
        if (bound instanceof Trained trained) {
          for (Training training : trainings(method, trained, seed)) {
            drafts.add(new Draft(method, shown(method, settings), training, seed));
          }
        } else {
          drafts.add(new Draft(method, shown(method, settings), null, seed));
        }
      }
    }
  }

  private List<Training> trainings(MethodSpec method, Trained trained, long seed) {
    TrainingSettings train = trained.train();
    try {
      List<Training> trainings =
          Folds.trainings(train, seed, datasets.items(train.dataset().text()), limit);
      trainings.forEach(trained::check);
      return trainings;
    } catch (UserException e) {
      problem(method.place("train"), String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /** A cell's settings; a control's begin with the name of the method that it is like. */
  private static ObjectNode shown(MethodSpec method, ObjectNode settings) {
    if (method.like() == null) {
      return settings;
    }
    ObjectNode shown = settings.objectNode().put("like", method.like().declaration().name());
    return shown.setAll(settings);
  }

  private void checkSomethingIsScored(Draft draft, List<PlannedEvaluation> evaluations) {
    Training training = draft.training;
    if (training == null) {
      return;
    }
    for (PlannedEvaluation evaluation : evaluations) {
      String items = evaluation.settings().path("items").asText("");
      if (evaluation.dataset().equals(training.dataset())
          && !items.isEmpty()
          && ItemSet.parse(items).minus(training.withheld()).isEmpty()) {
        problem(
            draft.method.place("train"),
            "a cell of '"
                + draft.method.key()
                + "' learns from all items that "
                + evaluation.name()
                + " scores; train on fewer, or say 'leaky: true'");
      }
    }
  }

  private void problem(Position at, String message) {
    problems.add(new Problem(at.source(), at.line(), at.column(), message));
  }

  /** The last part of a path that is a name: {@code layers} of {@code layers.1}. */
  private static String name(String path) {
    String key = path.replaceAll("\\.\\d+$", "");
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
