package org.trimtab.run.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.trimtab.UserException;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.grade.GradeShares;
import org.trimtab.plan.Cell;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.SelectSettings;
import org.trimtab.run.CellJournal;
import org.trimtab.run.CellStatus;
import org.trimtab.run.ResultFolder;
import org.trimtab.spec.EvaluationSpec;
import org.trimtab.spec.ItemRoles;

/**
 * The step that selects a spec's items by the baseline's answers: a separate plan, of one cell, in
 * results/NAME-selection. The chosen items and the cell's id then stand in the spec, so that the
 * ids of all further cells contain them.
 */
public final class Selection {
  private final Session.Request request;
  private final String name;
  private final String evaluation;
  private final SelectSettings settings;

  private Selection(
      Session.Request request, String name, String evaluation, SelectSettings settings) {
    this.request = request;
    this.name = name;
    this.evaluation = evaluation;
    this.settings = settings;
  }

  /** The selection that a spec asks for and that is not written out in it yet. */
  private static Optional<Selection> of(Session session) {
    for (Map.Entry<String, EvaluationSpec> entry : session.spec().evaluate().entrySet()) {
      Optional<SelectSettings> select =
          ((EvaluationSettings) entry.getValue().values()).selection();
      if (select.isPresent() && select.get().cell() == null) {
        return Optional.of(
            new Selection(session.request(), session.spec().name(), entry.getKey(), select.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * The session with the items that its spec selects.
   *
   * @param open prepares a spec
   * @param run runs the selection, if it has not ended
   * @throws UserException when it does not end
   */
  public static Session complete(
      Session session,
      Function<Session.Request, Session> open,
      Path results,
      Consumer<Session> run) {
    Optional<Selection> selection = of(session);
    if (selection.isEmpty()) {
      return session;
    }
    Session own = open.apply(selection.get().run());
    if (selection.get().chosen(own, results).isEmpty()) {
      run.accept(own);
    }
    return selection
        .get()
        .chosen(own, results)
        .map(open)
        .orElseThrow(
            () ->
                new UserException(
                    "the items are not selected yet: "
                        + own.plan().name()
                        + " did not end; the same command resumes it"));
  }

  /** The session with the items that its spec selects; the selection's own until it has ended. */
  public static Session planned(
      Session session, Function<Session.Request, Session> open, Path results) {
    Optional<Selection> selection = of(session);
    if (selection.isEmpty()) {
      return session;
    }
    Session own = open.apply(selection.get().run());
    return selection.get().chosen(own, results).map(open).orElse(own);
  }

  /** The selection's own run: the baseline on the items to choose from. */
  private Session.Request run() {
    List<String> overrides = new ArrayList<>();
    overrides.add("name=" + name + "-selection");
    overrides.add("methods={baseline: {}}");
    overrides.add("report={}");
    overrides.add("evaluate." + evaluation + ".select=null");
    settings
        .candidates()
        .ifPresent(items -> overrides.add("evaluate." + evaluation + ".items=" + items));
    return request.with(overrides);
  }

  /**
   * The spec with the chosen items.
   *
   * @param own the session of {@link #run}
   * @return nothing when it has not ended
   * @throws UserException when answers are ungraded, or no item is left
   */
  private Optional<Session.Request> chosen(Session own, Path results) {
    Cell cell = own.plan().cells().get(0);
    ResultFolder folder = ResultFolder.of(results, own.plan());
    Optional<CellJournal> journal =
        folder.journal(cell).filter(known -> known.status() == CellStatus.DONE);
    ItemRoles roles = own.plan().measurement(own.plan().evaluation(evaluation)).roles();
    return journal.map(
        known -> {
          ItemSet items = kept(roles, known.results(evaluation), folder);
          return request.with(
              List.of(
                  "evaluate." + evaluation + ".items=" + items,
                  "evaluate." + evaluation + ".select.cell=" + cell.id()));
        });
  }

  private ItemSet kept(ItemRoles roles, List<ItemResult> results, ResultFolder folder) {
    TreeSet<Integer> kept = new TreeSet<>();
    for (ItemResult result : results) {
      Map<String, Double> scores = result.scores();
      if (GradeShares.isUngraded(scores)) {
        throw new UserException(
            "answers that items are selected by are ungraded; './run grade "
                + folder.path()
                + "' asks the judge again");
      }
      roles.right().stream()
          .filter(scores::containsKey)
          .findFirst()
          .filter(score -> settings.keeps(scores.getOrDefault(score, 0.0) == 1))
          .ifPresent(score -> kept.add(result.item()));
    }
    if (kept.isEmpty()) {
      throw new UserException(
          "select: no item is '%s' among %s; choose from others ('of'), or leave 'select' out"
              .formatted(settings.where(), results.size()));
    }
    return ItemSet.of(kept);
  }
}
