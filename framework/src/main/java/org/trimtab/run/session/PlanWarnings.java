package org.trimtab.run.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.plan.Cell;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.Planner;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.spec.EvaluationSpec;
import org.trimtab.spec.MethodSpec;
import org.trimtab.spec.Spec;
import org.trimtab.spec.bind.Settings;
import org.trimtab.spec.yaml.Position;
import org.trimtab.spec.yaml.Problem;

/** What is valid in a spec but probably unintended. */
public final class PlanWarnings {
  private PlanWarnings() {}

  /**
   * The warnings of a spec's plan, once each: where and why.
   *
   * @param layers the model's number of blocks
   */
  public static List<String> of(Spec spec, Plan plan, int layers) {
    Set<String> warnings = new LinkedHashSet<>();
    Set<PlannedEvaluation> inChat =
        plan.evaluations().stream()
            .filter(each -> Evaluators.named(each.evaluator()).settings(each).chatTemplate())
            .collect(Collectors.toSet());
    Map<String, List<Cell>> cells = plan.cells().stream().collect(Collectors.groupingBy(Cell::key));
    for (MethodSpec method : spec.methods().values()) {
      MethodSettings settings = (MethodSettings) method.settings();
      TrainingSettings train = settings.train();
      Record resolved = Settings.resolve(method.settings(), layers, new Same(method, warnings));
      unused(method.places(), settings.unused()).forEach(warnings::add);
      if (train != null && !(train.ownTexts() || Planner.isScored(spec, train.source()))) {
        String reason = "nothing of " + train.source() + " is scored, so that one cell learns";
        unused(
                method.places(),
                Map.of(
                    "train.folds", reason + " from all items",
                    "train.leaky", reason + " from them without being leaky"))
            .forEach(warnings::add);
      }
      List<Cell> own = cells.getOrDefault(method.key(), List.of());
      shared(method, Planner.cells(spec, method, resolved), own.size()).ifPresent(warnings::add);
      for (Cell cell : own) {
        Objects.requireNonNull(cell.values())
            .warnings()
            .forEach(each -> warnings.add(method.key() + ": " + each));
      }
      if (train != null && settings.learnsFromPlainPrompts()) {
        inChat.stream()
            .filter(each -> each.dataset().equals(train.source()))
            .filter(each -> method.evaluate().isEmpty() || method.evaluate().contains(each.name()))
            .forEach(each -> warnings.add(promptForms(method, each)));
      }
    }
    for (EvaluationSpec evaluation : spec.evaluate().values()) {
      EvaluationSettings settings = (EvaluationSettings) evaluation.values();
      unused(evaluation.places(), settings.unused()).forEach(warnings::add);
    }
    if (!spec.template().isEmpty() && inChat.isEmpty() && !learnsInChat(spec)) {
      warnings.add(
          "'thinking' and 'template_arguments' have no effect: nothing here is put into the chat"
              + " template");
    }
    return List.copyOf(warnings);
  }

  private static boolean learnsInChat(Spec spec) {
    return spec.methods().values().stream()
        .anyMatch(method -> ((MethodSettings) method.settings()).chatTemplate());
  }

  /** The keys that are written and have no effect. */
  private static List<String> unused(Map<String, Position> places, Map<String, String> reasons) {
    List<String> messages = new ArrayList<>();
    places.forEach(
        (path, place) -> {
          String reason = reasons.get(path);
          if (reason != null) {
            String key = path.substring(path.lastIndexOf('.') + 1);
            String message = "'" + key + "' has no effect: " + reason;
            messages.add(Problem.at(place, message).toString());
          }
        });
    return messages;
  }

  /** Levels that are spelt differently and mean the same in this model. */
  private record Same(MethodSpec method, Set<String> warnings) implements Settings.Findings {
    @Override
    public void problem(String path, String reason) {
      // the planner has refused it
    }

    @Override
    public void same(String path, String level, String earlier) {
      String message = "'%s' and '%s' mean the same in this model, and make one cell";
      warnings.add(Problem.at(method.place(path), message.formatted(earlier, level)).toString());
    }
  }

  /** Cells of two methods that are the same run once, under the name of the first. */
  private static Optional<String> shared(MethodSpec method, long made, long own) {
    if (own >= made) {
      return Optional.empty();
    }
    String message =
        "%d of the %d cells of '%s' are cells of another method, too; they run once, under its name"
            .formatted(made - own, made, method.key());
    return Optional.of(Problem.at(method.at(), message).toString());
  }

  /** What was learned after plain prompts may do another thing inside a chat template. */
  private static String promptForms(MethodSpec method, PlannedEvaluation planned) {
    String message =
        "'%s' learns from plain prompts of %s, which %s puts into the chat template; what is"
                .formatted(method.key(), planned.dataset(), planned.name())
            + " learned may not carry over: score with chat_template: false";
    return Problem.at(method.at(), message).toString();
  }
}
