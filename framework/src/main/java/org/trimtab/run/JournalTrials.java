package org.trimtab.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trimtab.evaluate.answer.AnswerTrial;
import org.trimtab.evaluate.answer.TrialLog;
import org.trimtab.plan.PlannedEvaluation;

/** The trials of one evaluation: read from a cell's journal, new ones written to it. */
final class JournalTrials implements TrialLog {
  private final Journal journal;
  private final PlannedEvaluation evaluation;
  private final Map<Integer, TreeMap<Integer, AnswerTrial>> trials = new HashMap<>();

  /** Begins with the trials of earlier sessions; a later one of the same number counts. */
  JournalTrials(Journal journal, PlannedEvaluation evaluation, List<AnswerTrial> known) {
    this.journal = journal;
    this.evaluation = evaluation;
    known.forEach(this::keep);
  }

  private void keep(AnswerTrial trial) {
    trials.computeIfAbsent(trial.item(), unused -> new TreeMap<>()).put(trial.number(), trial);
  }

  @Override
  public List<AnswerTrial> of(int item) {
    return List.copyOf(trials.getOrDefault(item, new TreeMap<>()).values());
  }

  @Override
  public void add(List<AnswerTrial> fresh) {
    journal.trials(evaluation, fresh);
    fresh.forEach(this::keep);
  }
}
