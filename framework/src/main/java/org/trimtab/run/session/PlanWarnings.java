package org.trimtab.run.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.method.Methods;
import org.trimtab.plan.Cell;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.Training;
import org.trimtab.spec.MethodSpec;
import org.trimtab.spec.Spec;
import org.trimtab.spec.yaml.Problem;

/** What is valid in a spec but probably unintended. */
public final class PlanWarnings {
  private PlanWarnings() {}

  /** The warnings of a spec's plan, once each: where and why. */
  public static List<String> of(Spec spec, Plan plan) {
    Set<String> warnings = new LinkedHashSet<>();
    Map<String, List<Cell>> cells = plan.cells().stream().collect(Collectors.groupingBy(Cell::key));
    for (MethodSpec method : spec.methods().values()) {
      for (Cell cell : cells.getOrDefault(method.key(), List.of())) {
        MethodSettings settings = Methods.named(cell.method()).settings(cell);
        settings.warnings().forEach(each -> warnings.add(method.key() + ": " + each));
        for (PlannedEvaluation planned : cell.evaluations()) {
          if (settings.learnsFromPlainPrompts() && asksInChat(planned, cell.training())) {
            warnings.add(promptForms(method, planned));
          }
        }
      }
    }
    return List.copyOf(warnings);
  }

  private static boolean asksInChat(PlannedEvaluation planned, @Nullable Training training) {
    return training != null
        && training.dataset().equals(planned.dataset())
        && Evaluators.named(planned.evaluator()).settings(planned).chatTemplate();
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
