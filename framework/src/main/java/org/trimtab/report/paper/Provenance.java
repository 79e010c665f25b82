package org.trimtab.report.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;

/**
 * What a report's numbers are of.
 *
 * @param model the model's name in the spec
 * @param weights SHA-256 of its weights, since the same name can mean other weights tomorrow; the
 *     empty text when the plan does not say
 * @param datasets SHA-256 of each scored data set, since its name does not tell its revision
 * @param seeds the seeds of the plan, in order
 */
public record Provenance(
    String model, String weights, Map<String, String> datasets, Set<Long> seeds) {
  private static final int SHORT_HASH = 12;

  /** The provenance of a plan's cells, which share model and data. */
  public static Provenance of(String model, Plan plan) {
    Map<String, String> datasets = new LinkedHashMap<>();
    Set<Long> seeds = new LinkedHashSet<>();
    plan.cells().forEach(cell -> seeds.add(cell.seed()));
    JsonNode identity = plan.cells().get(0).identity();
    Cell first = plan.cells().get(0);
    for (PlannedEvaluation planned : first.evaluations()) {
      for (JsonNode evaluation : identity.path("evaluations")) {
        if (evaluation.path("name").asText().equals(planned.name())) {
          datasets.put(planned.dataset(), evaluation.path("dataset").asText());
        }
      }
    }
    return new Provenance(
        model, identity.path("model").path("weights").asText(""), datasets, seeds);
  }

  /** One sentence: model, data and seeds. */
  public String sentence() {
    String data =
        datasets.entrySet().stream()
            .map(entry -> entry.getKey() + hash(entry.getValue()))
            .collect(Collectors.joining(", "));
    return "Model "
        + model
        + hash(weights)
        + (data.isEmpty() ? "" : "; data " + data)
        + (seeds.size() > 1 ? "; seeds " : "; seed ")
        + seeds.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + ".";
  }

  private static String hash(String sha256) {
    return sha256.isEmpty()
        ? ""
        : " (sha256 " + sha256.substring(0, Math.min(SHORT_HASH, sha256.length())) + ")";
  }
}
