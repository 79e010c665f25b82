package org.trimtab.run.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trimtab.UserException;
import org.trimtab.data.source.Datasets;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.model.kernel.Devices;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.run.CellJournal;
import org.trimtab.run.Environment;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.session.Session;
import org.trimtab.spec.Precision;

/**
 * The comparison, before anything runs, of everything that results depend on.
 *
 * @param differences in ascending severity
 * @param session runs the spec again; empty if part of its identity differs
 */
public record Conditions(List<Difference> differences, Optional<Session> session) {
  /** Copies the list. */
  public Conditions {
    differences = List.copyOf(differences);
  }

  /** The folder of data sets, caches, the project, and the listener. */
  public record Places(
      Optional<Path> data, SourceSettings sources, Path project, Progress transfers) {}

  /**
   * Examines the conditions of some results. Missing models and data sets are downloaded.
   *
   * @param overrides values of the spec to replace, such as its name
   * @throws UserException when the folder holds no results, or results without a record of their
   *     inputs
   */
  public static Conditions of(ResultFolder original, List<String> overrides, Places places) {
    Plan plan = original.plan();
    List<Difference> identity = new ArrayList<>();
    identity.addAll(
        InputDifferences.of(
            original,
            new ModelSource(places.sources(), places.transfers()),
            Session.ofSpec(
                new Datasets(
                    places.sources(),
                    places.data().orElse(null),
                    places.project(),
                    places.transfers()),
                original.specFile())));
    identity.addAll(VersionDifferences.of(plan));
    Optional<Session> session = Optional.empty();
    if (identity.isEmpty()) {
      Session.Request request = Session.Request.again(original, overrides, places.data());
      Session opened =
          Session.open(request, places.sources(), places.project(), places.transfers());
      identity.addAll(new PlanMatch(opened.plan()).missing(plan.cells()));
      session = Optional.of(opened).filter(any -> identity.isEmpty());
    }
    Environment now =
        session
            .map(Session::environment)
            .orElseGet(
                () ->
                    Session.environment(
                        Devices.resolve("auto"), Precision.FLOAT32, places.project()));
    Set<Difference> all = new LinkedHashSet<>(identity);
    for (Environment was : environments(original, plan)) {
      all.addAll(CodeDifferences.between(was, now));
      all.addAll(EnvironmentDifferences.between(was, now));
    }
    List<Difference> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(Difference::severity));
    return new Conditions(sorted, session);
  }

  /** The distinct environments of the cells that have ended. */
  private static Set<Environment> environments(ResultFolder original, Plan plan) {
    Set<Environment> environments = new LinkedHashSet<>();
    for (Cell cell : plan.cells()) {
      original
          .summary(cell)
          .filter(journal -> journal.status().isFinal())
          .map(CellJournal::environment)
          .ifPresent(environments::add);
    }
    if (environments.isEmpty()) {
      throw new UserException(
          original.path() + ": no cell has ended, so there is nothing to reproduce");
    }
    return environments;
  }

  /**
   * The differences that forbid a run.
   *
   * @param anyCode whether another commit is accepted
   */
  public List<Difference> refusals(boolean anyCode) {
    return differences.stream()
        .filter(each -> each.severity().compareTo(Severity.CODE) >= 0)
        .filter(each -> !anyCode || each.severity() != Severity.CODE)
        .toList();
  }

  /** The deviation that the environment explains, at least 1e-5. */
  public double tolerance() {
    return differences.stream()
        .mapToDouble(each -> each.severity().tolerance())
        .reduce(Severity.ROUNDING.tolerance(), Math::max);
  }

  /** As text: the differences in ascending severity. */
  public String text() {
    if (differences.isEmpty()) {
      return "Everything is the same: spec, model, data, versions, commit, machine.\n";
    }
    StringBuilder text = new StringBuilder("What differs, and what it may change:\n");
    for (Severity severity : Severity.values()) {
      List<Difference> same =
          differences.stream().filter(each -> each.severity() == severity).toList();
      if (!same.isEmpty()) {
        text.append("  ").append(severity.words()).append('\n');
        same.forEach(each -> text.append("    ").append(each.text()).append('\n'));
      }
    }
    return text.toString();
  }
}
