package org.trimtab.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.io.Numbers;
import org.trimtab.plan.MethodSettings.OtherItems;
import org.trimtab.spec.EvaluationSpec;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.MethodKind;
import org.trimtab.spec.MethodSpec;
import org.trimtab.spec.Precision;
import org.trimtab.spec.Spec;
import org.trimtab.spec.bind.Settings;
import org.trimtab.spec.yaml.Position;
import org.trimtab.spec.yaml.Problem;
import org.trimtab.spec.yaml.SpecProblems;

/**
 * Expands a spec to its cells: every method, with every combination of its levels (in the order of
 * writing, the last factor fastest), for every seed, for every fold. Baselines come first,
 * compositions last.
 */
public final class Planner {
  private static final int MOST_CELLS = 100_000;

  /** Plans and journals hold with each cell, one in the other, those that it starts from. */
  private static final int LONGEST_PATH = 200;

  /** A cell before its identity, which needs all cells' groups. */
  private record Draft(
      MethodSpec method,
      MethodSettings values,
      ObjectNode settings,
      @Nullable Training training,
      long seed,
      List<Draft> bases) {}

  private final Spec spec;
  private final ModelFacts model;
  private final DatasetFacts datasets;
  private final OptionalInt limit;
  private final Map<String, ItemSet> scored = new HashMap<>();

  /** Splits by what determines them: many settings learn from the same items. */
  private final Map<List<Object>, List<Training>> splits = new HashMap<>();

  /** The evaluations of each method's cells, by its key. */
  private final Map<String, List<PlannedEvaluation>> scoring = new HashMap<>();

  /** The cells of drafts that other cells build on. */
  private final IdentityHashMap<Draft, Cell> bases = new IdentityHashMap<>();

  /** Drafts that a composition can join, by the method's key and the seed. */
  private final Map<String, Map<Long, List<Draft>>> joinable = new LinkedHashMap<>();

  private final Set<String> secondModels = new HashSet<>();

  /** The lengths of all paths that cells start from, altogether. */
  private long paths;

  private final List<Problem> problems = new ArrayList<>();

  /** Whether the model has a chat template; null until a setting needs one. */
  private @Nullable Boolean chatTemplate;

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
   * @param limit only the first items of every data set, training included, if given
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
    checkSize(spec);
    spec.methods().values().stream()
        .sorted(Comparator.comparing(Planner::rank))
        .forEach(method -> draft(method, drafts));
    checkSomethingIsScored(drafts, evaluations);
    checkEvaluationsDiffer(evaluations);
    spec.methods().values().forEach(this::checkEvaluationsAreKnown);
    if (!problems.isEmpty()) {
      throw new SpecProblems(problems);
    }
    Map<String, Groups> groups = new LinkedHashMap<>();
    List<Training> trainings =
        drafts.stream()
            .map(Draft::training)
            .flatMap(training -> Optional.ofNullable(training).stream())
            .distinct()
            .toList();
    for (PlannedEvaluation evaluation : evaluations) {
      groups.put(evaluation.dataset(), Groups.ofTrainings(trainings, evaluation.dataset()));
    }
    Identity identity = new Identity(model, datasets, device, precision, spec.template(), groups);
    Map<String, Cell> cells = new LinkedHashMap<>();
    Map<String, Set<String>> ids = new LinkedHashMap<>();
    for (Draft draft : drafts) {
      Cell cell = cell(draft, identity, cells.size(), evaluations);
      cells.putIfAbsent(cell.id(), cell);
      ids.computeIfAbsent(cell.key(), key -> new HashSet<>()).add(cell.id());
    }
    checkMethodsDiffer(ids);
    checkReferencesHaveCells(cells.values());
    Map<String, Measurement> measurements = new LinkedHashMap<>();
    spec.evaluate()
        .values()
        .forEach(
            each -> measurements.put(each.declaration().name(), each.declaration().measurement()));
    return new Plan(spec.name(), spec.question(), measurements, List.copyOf(cells.values()));
  }

  /**
   * Refuses two keys for the same cells. Where some are the same, they belong to the first key.
   *
   * @param ids the ids of the cells by the method's key
   */
  private void checkMethodsDiffer(Map<String, Set<String>> ids) {
    Map<Set<String>, String> known = new HashMap<>();
    ids.forEach(
        (key, own) -> {
          String other = known.putIfAbsent(own, key);
          if (other != null) {
            problem(
                Objects.requireNonNull(spec.methods().get(key)).at(),
                "'%s' is the same as '%s'; leave one out".formatted(key, other));
          }
        });
  }

  /** Equal cells of two keys belong to the first, which may leave the second without any. */
  private void checkReferencesHaveCells(Collection<Cell> cells) {
    for (String key : spec.report() == null ? Set.<String>of() : spec.report().references()) {
      MethodSpec method = spec.methods().get(key);
      if (method != null && cells.stream().noneMatch(cell -> cell.key().equals(key))) {
        problem(
            method.at(),
            "every cell of '"
                + key
                + "' is one of another method of this spec, so that 'against: "
                + key
                + "' finds no row; leave '"
                + key
                + "' out and name the other");
      }
    }
    if (!problems.isEmpty()) {
      throw new SpecProblems(problems);
    }
  }

  /** Refuses two keys for the same evaluation. */
  private void checkEvaluationsDiffer(List<PlannedEvaluation> evaluations) {
    Map<List<Object>, String> known = new HashMap<>();
    for (PlannedEvaluation each : evaluations) {
      String other =
          known.putIfAbsent(
              List.of(each.evaluator(), each.dataset(), each.settings()), each.name());
      if (other != null) {
        problem(
            Objects.requireNonNull(spec.evaluate().get(each.name())).at(),
            "'%s' measures the same as '%s'; leave one out".formatted(each.name(), other));
      }
    }
  }

  private Cell cell(
      Draft draft, Identity identity, int index, List<PlannedEvaluation> evaluations) {
    List<PlannedEvaluation> own =
        scoring.computeIfAbsent(draft.method.key(), key -> scoring(draft.method, evaluations));
    ObjectNode json =
        identity.of(draft.method, draft.values, draft.settings, draft.training, draft.seed, own);
    List<Cell> parts =
        draft.bases.stream().map(base -> base(base, identity, evaluations).at(index)).toList();
    if (!parts.isEmpty()) {
      ArrayNode ids = json.putArray("bases");
      parts.forEach(part -> ids.add(part.id()));
    }
    return new Cell(
        index,
        identity.id(json),
        draft.method.key(),
        draft.method.declaration().name(),
        draft.settings,
        draft.values,
        draft.training,
        draft.seed,
        own,
        json,
        parts);
  }

  private Cell base(Draft draft, Identity identity, List<PlannedEvaluation> evaluations) {
    Cell cell = bases.get(draft);
    if (cell == null) {
      cell = cell(draft, identity, 0, evaluations);
      bases.put(draft, cell);
    }
    return cell;
  }

  /** The evaluations of a method's cells. */
  private static List<PlannedEvaluation> scoring(
      MethodSpec method, List<PlannedEvaluation> evaluations) {
    return evaluations.stream()
        .filter(each -> method.evaluate().isEmpty() || method.evaluate().contains(each.name()))
        .toList();
  }

  private void checkEvaluationsAreKnown(MethodSpec method) {
    List<String> known = List.copyOf(spec.evaluate().keySet());
    for (int i = 0; i < method.evaluate().size(); i++) {
      String name = method.evaluate().get(i);
      if (!known.contains(name)) {
        problem(
            method.place("evaluate." + i),
            "unknown evaluation '" + name + "'; known: " + String.join(", ", known));
      }
    }
  }

  /** Baselines come first, compositions after their parts. */
  private static int rank(MethodSpec method) {
    if (method.declaration().kind() == MethodKind.BASELINE) {
      return 0;
    }
    return method.declaration().kind() == MethodKind.COMPOSITION ? 2 : 1;
  }

  private Optional<PlannedEvaluation> evaluation(EvaluationSpec evaluation) {
    EvaluationSettings settings = (EvaluationSettings) evaluation.values();
    String dataset = settings.dataset().text();
    try {
      checkKind(
          evaluation.places().getOrDefault("dataset", evaluation.at()),
          dataset,
          settings.reads(),
          evaluation.declaration().name() + " reads ");
      boolean lines = settings.byLine() && datasets.kind(dataset) == DatasetKind.TEXT;
      int available = lines ? datasets.lines(dataset) : datasets.items(dataset);
      EvaluationSettings resolved = settings.resolved(available, limit);
      resolved.check(model);
      checkChatTemplate(
          evaluation.places().getOrDefault("chat_template", evaluation.at()),
          settings.chatTemplate(),
          "'" + evaluation.key() + "'");
      resolved.scored().ifPresent(items -> scored.put(evaluation.key(), items));
      ObjectNode tree = Settings.tree((Record) resolved);
      String owner = "evaluator " + evaluation.declaration().name();
      RecordedName.check(evaluation.declaration().name(), owner);
      RecordedName.check(evaluation.metricPrefix(), owner);
      evaluation
          .declaration()
          .measurement()
          .metrics()
          .forEach(
              metric -> RecordedName.check(evaluation.metricPrefix() + "/" + metric.name(), owner));
      RecordedName.checkKeys(tree, owner);
      return Optional.of(
          new PlannedEvaluation(
              evaluation.key(),
              evaluation.declaration().name(),
              evaluation.declaration().version(),
              evaluation.metricPrefix(),
              dataset,
              tree,
              resolved));
    } catch (UserException e) {
      Position at = evaluation.places().getOrDefault("items", evaluation.at());
      problem(at, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Refuses data of a kind that a method or evaluator cannot use. */
  private void checkKind(Position at, String dataset, Set<DatasetKind> known, String user) {
    DatasetKind kind = datasets.kind(dataset);
    if (!known.contains(kind)) {
      String usable = known.stream().map(DatasetKind::words).collect(Collectors.joining(" or "));
      problem(at, "data set '" + dataset + "' has " + kind.words() + "; " + user + usable);
    }
  }

  private void checkChatTemplate(Position at, boolean needed, String user) {
    if (needed && chatTemplate == null) {
      chatTemplate = model.chatTemplate().getAsBoolean();
    }
    if (needed && !Boolean.TRUE.equals(chatTemplate)) {
      problem(
          at,
          user
              + " writes prompts into the chat template, and "
              + model.name()
              + " has none; choose a model that was tuned for chat, or plain prompts");
    }
  }

  private void checkOtherItems(MethodSpec method, String key, OtherItems other) {
    Position at = method.place(key + ".dataset");
    String dataset = other.dataset().text();
    try {
      checkKind(at, dataset, Set.of(other.kind()), "'" + key + "' takes ");
      int count = datasets.items(dataset);
      @Nullable ItemSet items = other.items();
      if (items != null && !items.equals(items.below(count))) {
        problem(
            method.place(key + ".items"),
            "%s.items: %s goes beyond the items of %s, which are 0-%d"
                .formatted(key, items, dataset, count - 1));
      }
    } catch (UserException e) {
      problem(at, String.valueOf(e.getMessage()));
    }
  }

  /** Checks what one setting of a method requires of model and data. */
  private void checkNeeds(MethodSpec method, MethodSettings settings) {
    TrainingSettings train = settings.train();
    try {
      if (train != null && train.ownTexts()) {
        checkTexts(method, train, settings.learnsFrom());
      } else if (train != null) {
        String dataset = train.source();
        checkKind(
            method.place("train.dataset"),
            dataset,
            settings.learnsFrom(),
            method.declaration().name() + " learns from ");
        if (datasets.kind(dataset) == DatasetKind.CONTRASTS) {
          problem(method.place("train.dataset"), "write 'pairs: " + dataset + "'");
        }
      }
    } catch (UserException e) {
      problem(method.place("train"), String.valueOf(e.getMessage()));
    }
    settings.alsoReads().forEach((key, other) -> checkOtherItems(method, key, other));
    checkChatTemplate(method.at(), settings.chatTemplate(), "'" + method.key() + "'");
    @Nullable String second = settings.secondModel();
    if (second != null && secondModels.add(second)) {
      try {
        datasets.modelSha256(second);
      } catch (UserException e) {
        problem(method.at(), String.valueOf(e.getMessage()));
      }
    }
  }

  /** Checks that a method takes texts of the user's own, and that the files are such texts. */
  private void checkTexts(MethodSpec method, TrainingSettings train, Set<DatasetKind> known) {
    if (!known.contains(DatasetKind.CONTRASTS)) {
      String usable = known.stream().map(DatasetKind::words).collect(Collectors.joining(" or "));
      problem(
          method.place("train"),
          method.declaration().name()
              + " does not learn from texts of your own; it learns from "
              + usable);
      return;
    }
    if (train.pairs() != null) {
      checkKind(
          method.place("train.pairs"),
          train.pairs().text(),
          Set.of(DatasetKind.CONTRASTS),
          "'pairs' takes objects with 'positive' and 'negative', ");
      return;
    }
    checkKind(
        method.place("train.positive"),
        train.files().get(0),
        Set.of(DatasetKind.TEXT),
        "'positive' takes a text file, one text per line: ");
    checkKind(
        method.place("train.negative"),
        train.files().get(1),
        Set.of(DatasetKind.TEXT),
        "'negative' takes a text file, one text per line: ");
  }

  /** Refuses to score a file whose lines are learned from, unless the spec says so. */
  private boolean scoresTexts(MethodSpec method, TrainingSettings train) {
    Set<String> learned = train.files().stream().map(datasets::sha256).collect(Collectors.toSet());
    boolean scored = false;
    for (EvaluationSpec evaluation : spec.evaluate().values()) {
      String dataset = ((EvaluationSettings) evaluation.values()).dataset().text();
      if ((method.evaluate().isEmpty() || method.evaluate().contains(evaluation.key()))
          && learned.contains(datasets.sha256(dataset))) {
        scored = true;
        if (!train.leaky()) {
          throw new UserException(
              "'%s' learns from the text that '%s' scores (%s); score another, or say 'leaky: true'"
                  .formatted(method.key(), evaluation.key(), dataset));
        }
      }
    }
    return scored;
  }

  /**
   * Counts cells, folds and seeds included, before any is made and without model or data.
   *
   * @throws SpecProblems when there are too many
   */
  public static void checkSize(Spec spec) {
    double cells = 0;
    for (MethodSpec method : spec.methods().values()) {
      double own = cells(spec, method, method.settings());
      cells += own;
      if (cells > MOST_CELLS) {
        String message =
            "with '%s' the spec expands to %s cells, more than %s; use fewer levels, folds or seeds"
                .formatted(method.key(), Numbers.count((long) cells), Numbers.count(MOST_CELLS));
        throw new SpecProblems(List.of(Problem.at(method.at(), message)));
      }
    }
  }

  /** The number of cells that a method's settings expand to. */
  public static long cells(Spec spec, MethodSpec method, Record settings) {
    double cells =
        (double) Settings.combinations(settings)
            * folds(spec, ((MethodSettings) method.settings()).train())
            * spec.seed().values().size();
    return (long) cells;
  }

  /**
   * The number of folds or splits of a method's training: 1 if nothing of its data set is scored.
   */
  private static int folds(Spec spec, @Nullable TrainingSettings train) {
    if (train == null || !(train.ownTexts() || isScored(spec, train.source()))) {
      return 1;
    }
    TrainingSettings.@Nullable Splits splits = train.splits();
    return splits != null ? splits.count() : Objects.requireNonNullElse(train.folds(), 1);
  }

  /** Whether items of a data set are scored. */
  public static boolean isScored(Spec spec, String dataset) {
    return spec.evaluate().values().stream()
        .anyMatch(each -> ((EvaluationSettings) each.values()).dataset().text().equals(dataset));
  }

  private void draft(MethodSpec method, List<Draft> drafts) {
    int before = problems.size();
    Record resolved =
        Settings.resolve(
            method.settings(),
            model.layers(),
            (path, reason) -> problem(method.place(path), (name(path) + " " + reason).strip()));
    if (problems.size() > before) {
      return;
    }
    List<MethodSettings> siblings;
    Map<MethodSettings, MethodSettings> starts;
    try {
      siblings =
          Settings.expand(resolved, method.order()).stream()
              .map(MethodSettings.class::cast)
              .distinct()
              .toList();
      starts = siblings.get(0).starts(siblings);
    } catch (UserException e) {
      problem(method.at(), String.valueOf(e.getMessage()));
      return;
    }
    for (MethodSettings settings : siblings) {
      if (problems.size() == before) {
        checkNeeds(method, settings);
      }
    }
    TrainingSettings train = ((MethodSettings) resolved).train();
    if (train != null && train.ownTexts() && problems.size() > before) {
      return;
    }
    List<ObjectNode> trees =
        Settings.trees(siblings.stream().map(Record.class::cast).toList(), method.order()).stream()
            .map(tree -> shown(method, tree))
            .toList();
    try {
      RecordedName.checkKeys(trees.get(0), "method " + method.declaration().name());
    } catch (UserException e) {
      problem(method.at(), String.valueOf(e.getMessage()));
    }
    Map<MethodSettings, ObjectNode> settings = new LinkedHashMap<>();
    for (int i = 0; i < siblings.size(); i++) {
      settings.put(siblings.get(i), trees.get(i));
    }
    Map<List<Object>, Draft> known = new HashMap<>();
    for (MethodSettings bound : siblings) {
      draft(new Sweep(method, settings, starts, known), bound, drafts);
    }
  }

  /**
   * One method's cells.
   *
   * @param settings its settings, one level each, and their trees
   * @param starts the settings from whose fits others start
   * @param known the drafts that were made for a training and a seed
   */
  private record Sweep(
      MethodSpec method,
      Map<MethodSettings, ObjectNode> settings,
      Map<MethodSettings, MethodSettings> starts,
      Map<List<Object>, Draft> known) {
    /** The number of settings, one from the other, from whose fits a setting starts. */
    int bases(MethodSettings bound) {
      int count = 0;
      MethodSettings start = starts.get(bound);
      while (start != null && count <= LONGEST_PATH) {
        count++;
        start = starts.get(start);
      }
      return count;
    }
  }

  private void draft(Sweep sweep, MethodSettings bound, List<Draft> drafts) {
    MethodSpec method = sweep.method;
    try {
      bound.check(model);
    } catch (UserException e) {
      problem(method.at(), String.valueOf(e.getMessage()));
    }
    int path = sweep.bases(bound);
    for (long seed : spec.seed().values()) {
      if (bound.train() != null) {
        for (Training training : trainings(method, bound, bound.train(), seed)) {
          paths += path;
          if (path > LONGEST_PATH || paths > MOST_CELLS) {
            throw new SpecProblems(List.of(Problem.at(method.at(), tooLong(method))));
          }
          add(draft(sweep, bound, training, seed), drafts);
        }
      } else {
        List<Draft> parts = parts(method, bound.compose(), seed);
        add(new Draft(method, bound, tree(sweep, bound), null, seed, parts), drafts);
      }
    }
  }

  private void add(Draft draft, List<Draft> drafts) {
    drafts.add(draft);
    if (rank(draft.method) == 1) {
      joinable
          .computeIfAbsent(draft.method.key(), key -> new HashMap<>())
          .computeIfAbsent(draft.seed, seed -> new ArrayList<>())
          .add(draft);
    }
  }

  private static String tooLong(MethodSpec method) {
    return ("the cells of '%s' start from each other on paths of more than %d penalties, or %s"
            + " altogether; use fewer penalties, or say 'warm_start: false'")
        .formatted(method.key(), LONGEST_PATH, Numbers.count(MOST_CELLS));
  }

  private static Draft draft(Sweep sweep, MethodSettings bound, Training training, long seed) {
    if (sweep.starts.isEmpty()) {
      return new Draft(sweep.method, bound, tree(sweep, bound), training, seed, List.of());
    }
    List<Object> key = List.of(bound, training, seed);
    Draft before = sweep.known.get(key);
    if (before != null) {
      return before;
    }
    @Nullable MethodSettings start = sweep.starts.get(bound);
    List<Draft> bases = start == null ? List.of() : List.of(draft(sweep, start, training, seed));
    Draft draft = new Draft(sweep.method, bound, tree(sweep, bound), training, seed, bases);
    sweep.known.put(key, draft);
    return draft;
  }

  /** The drafts of a composition's parts, one per part. */
  private List<Draft> parts(MethodSpec method, List<String> names, long seed) {
    List<Draft> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      List<Draft> own = joinable.getOrDefault(name, Map.of()).getOrDefault(seed, List.of());
      if (own.size() == 1) {
        parts.addAll(own);
      } else if (problems.isEmpty()) {
        String reason =
            own.isEmpty()
                ? "names no method of this spec that can be a part; there are "
                    + String.join(", ", joinable.keySet())
                : "makes "
                    + own.size()
                    + " cells; a part has one: one level for every key, and the items that it"
                    + " learns from (train: {items: 0-49}) instead of folds";
        problem(method.place("compose." + i), "'" + name + "' " + reason);
      }
    }
    return parts;
  }

  private List<Training> trainings(
      MethodSpec method, MethodSettings settings, TrainingSettings train, long seed) {
    try {
      List<Training> trainings =
          train.ownTexts()
              ? Folds.ofTexts(
                  train, seed, datasets.texts(train.files()), limit, scoresTexts(method, train))
              : splits(train, seed, datasets.items(train.source()));
      trainings.forEach(settings::check);
      return trainings;
    } catch (UserException e) {
      problem(method.place("train"), String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private List<Training> splits(TrainingSettings train, long seed, int items) {
    return splits.computeIfAbsent(
        List.of(train, seed),
        unused -> Folds.trainings(train, seed, items, limit, isScored(spec, train.source())));
  }

  /** A cell's settings; a control's begin with the name of the method that it is like. */
  private static ObjectNode shown(MethodSpec method, ObjectNode tree) {
    if (method.like() == null) {
      return tree;
    }
    ObjectNode shown = tree.objectNode().put("like", method.like().declaration().name());
    return shown.setAll(tree);
  }

  private static ObjectNode tree(Sweep sweep, MethodSettings settings) {
    return Objects.requireNonNull(sweep.settings.get(settings));
  }

  private void checkSomethingIsScored(List<Draft> drafts, List<PlannedEvaluation> evaluations) {
    Set<List<Object>> checked = new HashSet<>();
    for (Draft draft : drafts) {
      Training training = draft.training;
      if (training == null || !checked.add(List.of(draft.method.key(), training.withheld()))) {
        continue;
      }
      for (PlannedEvaluation evaluation : scoring(draft.method, evaluations)) {
        ItemSet items = scored.get(evaluation.name());
        if (evaluation.dataset().equals(training.dataset())
            && items != null
            && items.minus(training.withheld()).isEmpty()) {
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
  }

  private void problem(Position at, String message) {
    problems.add(Problem.at(at, message));
  }

  /** The last part of a path that is a name: {@code layers} of {@code layers.1}. */
  private static String name(String path) {
    String key = path.replaceAll("\\.\\d+$", "");
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
