package org.trimtab.selftest.calibrate;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.MultipleChoice;
import org.trimtab.io.ScratchFolder;
import org.trimtab.io.TextTable;
import org.trimtab.model.LanguageModel;
import org.trimtab.report.folder.Reports;
import org.trimtab.run.Interrupt;
import org.trimtab.run.Progress;
import org.trimtab.run.RunOptions;
import org.trimtab.run.RunOutcome;
import org.trimtab.run.session.Session;

/**
 * The calibration's experiments, run in a temporary folder.
 *
 * @param lines the conditions that were checked
 * @param exitCode of the first run that did not end; 0 when all did
 */
public record CalibrationRun(List<Calibration.Line> lines, int exitCode) {
  private static final String TRUTH = "world-truth";

  /** Copies the list. */
  public CalibrationRun {
    lines = List.copyOf(lines);
  }

  /**
   * Runs them.
   *
   * @param experiments the folder with their specs
   * @param model another model of the world; null for the embedded one
   * @param open prepares a spec
   */
  public static CalibrationRun of(
      Path experiments,
      @Nullable String model,
      Function<Session.Request, Session> open,
      Progress progress,
      Interrupt interrupt) {
    List<String> overrides = model == null ? List.of() : List.of("model=" + model);
    List<Calibration.Line> lines = new ArrayList<>();
    for (String experiment : Calibration.experiments()) {
      Path spec = experiments.resolve(experiment + ".yaml");
      Session session =
          open.apply(new Session.Request(spec, overrides, OptionalInt.empty(), Optional.empty()));
      if (lines.isEmpty()) {
        lines.add(decodable(session));
      }
      try (ScratchFolder results = ScratchFolder.make("calibration")) {
        RunOutcome outcome =
            session.run(RunOptions.all(session.environment()), results.path(), progress, interrupt);
        if (outcome.exitCode() != 0) {
          return new CalibrationRun(lines, outcome.exitCode());
        }
        lines.addAll(
            Calibration.lines(
                experiment, Reports.table(session.folder(results.path()), session.spec())));
      }
    }
    return new CalibrationRun(lines, 0);
  }

  private static Calibration.Line decodable(Session session) {
    try (LanguageModel loaded =
        LanguageModel.load(
            session.spec().model(), session.model().path(), Device.cpu(), DataType.FLOAT32)) {
      List<MultipleChoice> items = MultipleChoice.read(session.datasets().path(TRUTH));
      return Calibration.decodable(loaded, items);
    }
  }

  /** Whether all experiments ended and all conditions hold. */
  public boolean holds() {
    return exitCode == 0 && lines.stream().allMatch(Calibration.Line::holds);
  }

  /** A line per condition, and how many hold. */
  public String text() {
    TextTable table = new TextTable("subject", "expected", "found", "result");
    lines.forEach(
        line ->
            table.row(
                line.subject(), line.expected(), line.found(), line.holds() ? "pass" : "FAIL"));
    long failed = lines.stream().filter(line -> !line.holds()).count();
    return table.text()
        + (failed == 0
            ? "All " + lines.size() + " expectations hold.\n"
            : failed + " of " + lines.size() + " expectations FAIL.\n");
  }
}
