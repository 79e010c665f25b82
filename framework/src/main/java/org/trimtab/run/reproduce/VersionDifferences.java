package org.trimtab.run.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.method.Methods;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;

/**
 * Compares the versions of methods and evaluators in the identities of a plan with this program's.
 */
final class VersionDifferences {
  private VersionDifferences() {}

  /** The methods and evaluators whose versions changed, or that no longer exist. */
  static List<Difference> of(Plan plan) {
    Map<String, Integer> methods =
        Methods.all().stream()
            .collect(Collectors.toMap(each -> each.name(), each -> each.version()));
    Map<String, Integer> evaluators =
        Evaluators.all().stream()
            .collect(Collectors.toMap(each -> each.name(), each -> each.version()));
    Map<String, Integer> usedMethods = new TreeMap<>();
    Map<String, Integer> usedEvaluators = new TreeMap<>();
    for (Cell cell : plan.cells()) {
      JsonNode method = cell.identity().path("method");
      usedMethods.put(method.path("name").asText(), method.path("version").asInt());
      if (method.has("like_version")) {
        String like = method.path("settings").path("like").asText();
        usedMethods.put(like, method.path("like_version").asInt());
      }
      for (JsonNode evaluation : cell.identity().path("evaluations")) {
        String name = evaluation.path("name").asText();
        usedEvaluators.put(
            evaluation.path("evaluator").asText(name), evaluation.path("version").asInt());
      }
    }
    List<Difference> differences = new ArrayList<>();
    add("method", usedMethods, methods, differences);
    add("evaluator", usedEvaluators, evaluators, differences);
    return List.copyOf(differences);
  }

  private static void add(
      String what,
      Map<String, Integer> used,
      Map<String, Integer> present,
      List<Difference> differences) {
    used.forEach(
        (name, version) -> {
          Integer now = present.get(name);
          if (!version.equals(now)) {
            differences.add(
                new Difference(
                    what + " " + name,
                    "version " + version,
                    now == null ? "not there" : "version " + now,
                    Severity.IDENTITY,
                    "its results have changed since; CHANGELOG.md says how"));
          }
        });
  }
}
