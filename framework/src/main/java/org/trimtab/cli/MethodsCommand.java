package org.trimtab.cli;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trimtab.cli.terminal.ProgressLine;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.data.MultipleChoice;
import org.trimtab.io.TextTable;
import org.trimtab.model.LanguageModel;
import org.trimtab.report.folder.Reports;
import org.trimtab.run.RunOptions;
import org.trimtab.run.RunOutcome;
import org.trimtab.run.session.Session;
import org.trimtab.selftest.calibrate.Calibration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the effects of methods with those that were planted. */
@Command(
    name = "methods",
    sortOptions = false,
    header = "Every method finds the effect planted in the embedded world, and no control does.",
    description = {
      "",
      "Runs experiments/quickstart.yaml and world-deltas.yaml in a temporary folder. A method",
      "finds its effect when the paired 95 % interval of the difference from the baseline lies above",
      "0; a control must not. Also checks that the unsteered model leaves room both ways and that truth can be decoded",
      "from it by a linear probe."
    },
    footer = {
      "",
      "Examples:",
      "  ./run selftest methods",
      "  ./run selftest methods --model results/world-model    a model of your own training"
    })
final class MethodsCommand implements Callable<Integer> {
  private static final String TRUTH = "world-truth";

  private final Host host;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "another model of the world (default: the embedded one)")
  private @Nullable String model;

  MethodsCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    List<Calibration.Line> lines = new ArrayList<>();
    for (String experiment : Calibration.experiments()) {
      int exitCode = run(experiment, lines);
      if (exitCode != 0) {
        return exitCode;
      }
    }
    TextTable table = new TextTable("subject", "expected", "found", "result");
    lines.forEach(
        line ->
            table.row(
                line.subject(), line.expected(), line.found(), line.holds() ? "pass" : "FAIL"));
    long failed = lines.stream().filter(line -> !line.holds()).count();
    host.print(
        table.text()
            + (failed == 0
                ? "All " + lines.size() + " expectations hold.\n"
                : failed + " of " + lines.size() + " expectations FAIL.\n"));
    return failed == 0 ? 0 : Failures.FAILED;
  }

  /** Runs an experiment and adds its results; returns an exit code. */
  private int run(String experiment, List<Calibration.Line> lines) {
    Path spec = host.project().resolve("experiments").resolve(experiment + ".yaml");
    List<String> overrides = model == null ? List.of() : List.of("model=" + model);
    Session session =
        Session.open(
            new Session.Request(spec, overrides, OptionalInt.empty(), Optional.empty()),
            host.sources(),
            host.project(),
            new TransferLine(host.err()));
    if (lines.isEmpty()) {
      lines.add(decodable(session));
    }
    try (ScratchFolder results = ScratchFolder.make("calibration")) {
      RunOutcome outcome =
          session.run(
              RunOptions.all(session.environment()),
              results.path(),
              new ProgressLine(host.err()),
              SpecRun.interrupt(host));
      if (outcome.exitCode() == 0) {
        lines.addAll(
            Calibration.lines(
                experiment, Reports.table(session.folder(results.path()), session.spec())));
      }
      return outcome.exitCode();
    }
  }

  private static Calibration.Line decodable(Session session) {
    try (LanguageModel loaded =
        LanguageModel.load(
            session.spec().model(), session.model().path(), Device.cpu(), DataType.FLOAT32)) {
      List<MultipleChoice> items = MultipleChoice.read(session.datasets().path(TRUTH));
      return Calibration.decodable(loaded, items);
    }
  }
}
