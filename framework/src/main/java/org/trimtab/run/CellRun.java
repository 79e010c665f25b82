package org.trimtab.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.answer.AnswerTrial;
import org.trimtab.evaluate.answer.TrialLog;
import org.trimtab.evaluate.score.DivergedException;
import org.trimtab.io.Hashes;
import org.trimtab.io.Json;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.RecordedName;

/**
 * One session on one cell, from its fit to its end line. The caller holds the cell's lock. Scores
 * of earlier sessions are kept; metrics are always computed from the journal as read, so that a
 * resumed cell and an uninterrupted one compute from the same values.
 */
final class CellRun {
  private final Cell cell;
  private final CellFolder folder;
  private final Workbench workbench;
  private final Environment environment;
  private final Progress progress;
  private final Interrupt interrupt;

  private Optional<CellJournal> before;

  CellRun(
      Cell cell,
      CellFolder folder,
      Workbench workbench,
      Environment environment,
      Progress progress,
      Interrupt interrupt) {
    this.cell = cell;
    this.folder = folder;
    this.workbench = workbench;
    this.environment = environment;
    this.progress = progress;
    this.interrupt = interrupt;
    this.before = read();
  }

  /**
   * Works until the cell ends or the user interrupts.
   *
   * @return how it ended; null when interrupted
   * @throws JournalException when results cannot be written: the run must stop
   */
  @Nullable CellEnd run() {
    long begin = System.nanoTime();
    try (Journal journal = Journal.append(folder.journal())) {
      if (before.isPresent() && before.get().environment().computesLike(environment)) {
        journal.resume(environment);
      } else {
        begin(journal);
      }
      CellEnd end = measureOrTell(journal);
      Duration session = Duration.ofNanos(System.nanoTime() - begin);
      if (end == null) {
        journal.pause(session);
      } else {
        journal.end(end, session);
      }
      return end;
    }
  }

  private void begin(Journal journal) {
    journal.start(cell, environment);
    before = Optional.empty();
  }

  private @Nullable CellEnd measureOrTell(Journal journal) {
    try {
      return measure(journal) ? CellEnd.done() : null;
    } catch (JournalException e) {
      throw e;
    } catch (DivergedException e) {
      return CellEnd.diverged(e);
    } catch (NonFiniteException e) {
      return CellEnd.diverged(e);
    } catch (RuntimeException | OutOfMemoryError e) {
      Failure.log(folder.log(), e);
      return CellEnd.failed(Failure.reason(e));
    }
  }

  /** Returns whether everything was measured; false when interrupted. */
  private boolean measure(Journal journal) {
    if (needsIntervention()) {
      Workbench.Fitted fitted;
      try {
        fitted = workbench.fit(cell, this::watchFit);
      } catch (InterruptedFit e) {
        return false;
      }
      try (Intervention intervention = fitted.intervention()) {
        record(journal, fitted);
        for (PlannedEvaluation planned : cell.evaluations()) {
          if (!score(journal, planned, intervention)) {
            return false;
          }
          evaluate(journal, planned);
        }
      }
    } else {
      cell.evaluations().forEach(planned -> evaluate(journal, planned));
    }
    return true;
  }

  /** Ends a fit when an interrupt was requested. */
  private static final class InterruptedFit extends RuntimeException {}

  private void watchFit(int done, int total) {
    progress.fitting(cell, done, total);
    if (interrupt.requested()) {
      throw new InterruptedFit();
    }
  }

  private boolean needsIntervention() {
    return before.map(CellJournal::effect).isEmpty()
        || (before.map(CellJournal::directions).isPresent() && !Files.exists(folder.directions()))
        || cell.evaluations().stream().anyMatch(planned -> !pending(planned).isEmpty());
  }

  private List<Integer> pending(PlannedEvaluation planned) {
    return Batches.pending(cell, planned, workbench.evaluation(planned.name()), before);
  }

  /**
   * A fit that differs from the journal's is another intervention, whose scores cannot be combined.
   */
  private void record(Journal journal, Workbench.Fitted fitted) {
    ObjectNode facts = Json.MAPPER.valueToTree(fitted.facts());
    Optional<ObjectNode> recorded = before.map(CellJournal::facts);
    @Nullable String directions = keep(fitted);
    boolean sameDirections =
        Objects.equals(before.map(CellJournal::directions).orElse(directions), directions);
    if (recorded.isPresent()
        && !(sameDirections && Json.line(recorded.get()).equals(Json.line(facts)))) {
      progress.message(
          cell.label()
              + ": the fit differs from that of the interrupted session ("
              + Json.line(recorded.get())
              + ", now "
              + Json.line(facts)
              + "); the cell starts again");
      begin(journal);
      recorded = Optional.empty();
    }
    if (recorded.isEmpty()) {
      String owner = "method " + cell.method();
      facts.fieldNames().forEachRemaining(name -> RecordedName.check("fit/" + name, owner));
      journal.fit(facts, fitted.cost(), directions);
    }
    if (before.map(CellJournal::effect).isEmpty()) {
      double change = workbench.effect(cell, fitted.intervention());
      journal.effect(change, workbench.generation(fitted.intervention()));
    }
  }

  /**
   * Writes the fit's directions, which a killed session may have done before.
   *
   * @return their hash; null if there are none
   */
  private @Nullable String keep(Workbench.Fitted fitted) {
    if (fitted.directions().isEmpty()) {
      return null;
    }
    Path file = folder.directions();
    try {
      fitted.directions().get().write(file);
      return Hashes.file(file);
    } catch (UserException e) {
      throw new JournalException(
          file, e.getCause() instanceof IOException io ? io : new IOException(e));
    } catch (IOException e) {
      throw new JournalException(file, e);
    }
  }

  private boolean score(Journal journal, PlannedEvaluation planned, Intervention intervention) {
    String name = planned.name();
    Evaluation evaluation = workbench.evaluation(name);
    int batches = Batches.scored(cell, planned, evaluation).size();
    List<Integer> pending = pending(planned);
    int number = batches - pending.size();
    List<AnswerTrial> known =
        before.map(read -> read.trials().getOrDefault(name, List.of())).orElse(List.of());
    TrialLog log = new JournalTrials(journal, planned, known);
    for (int batch : pending) {
      if (interrupt.requested()) {
        return false;
      }
      List<ItemResult> results = evaluation.score(batch, intervention, log);
      List<Integer> items = results.stream().map(ItemResult::item).toList();
      if (!items.equals(evaluation.batches().get(batch))) {
        throw new IllegalStateException(
            name + ": batch " + batch + " gave results for other items: " + items);
      }
      journal.items(planned, results);
      number++;
      progress.batchScored(cell, name, number, batches, evaluation.tokens(batch));
    }
    return true;
  }

  private void evaluate(Journal journal, PlannedEvaluation planned) {
    String name = planned.name();
    CellJournal now = read().orElseThrow();
    if (now.evaluated().containsKey(name)) {
      return;
    }
    Evaluation evaluation = workbench.evaluation(name);
    Map<Integer, ItemResult> known = now.items().getOrDefault(name, Map.of());
    List<ItemResult> results = new ArrayList<>();
    for (int batch : Batches.scored(cell, planned, evaluation)) {
      for (int item : evaluation.batches().get(batch)) {
        results.add(Optional.ofNullable(known.get(item)).orElseThrow());
      }
    }
    if (results.size() != known.size()) {
      throw new UserException(
          ("%s holds results of %s items of %s, but the cell scores %s. Move the folder away"
                  + " and run the same command: the cell is then run again.")
              .formatted(folder.journal(), known.size(), name, results.size()));
    }
    Map<String, Double> metrics = workbench.metrics(planned, results);
    String owner = "evaluator " + planned.evaluator();
    metrics
        .keySet()
        .forEach(metric -> RecordedName.check(planned.metricPrefix() + "/" + metric, owner));
    refuseTwice(planned, metrics, now);
    journal.evaluated(planned, results.size(), metrics);
  }

  private void refuseTwice(
      PlannedEvaluation planned, Map<String, Double> metrics, CellJournal journal) {
    Set<String> twice = new HashSet<>();
    metrics.keySet().forEach(name -> twice.add(planned.metricPrefix() + "/" + name));
    twice.retainAll(journal.metrics().keySet());
    if (!twice.isEmpty()) {
      throw new UserException(
          "two evaluations of one spec give the metric "
              + twice
              + "; measure them in two specs, or give one an alias (name: {evaluator: ...})");
    }
  }

  private Optional<CellJournal> read() {
    return JournalReader.read(folder.journal(), cell.id(), true);
  }
}
