package org.trimtab.cli;

import java.util.concurrent.Callable;
import org.trimtab.run.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Validates a spec. */
@Command(
    name = "check",
    sortOptions = false,
    header = "Check a spec against its model and data without running anything.",
    description = {
      "",
      "Every mistake is one line, 'file:line:column: what'; the exit code is then 2."
    },
    footer = {"", "Example:", "  ./run check experiments/tqa-sweep.yaml"})
final class CheckCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private SpecArguments spec = new SpecArguments();

  CheckCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Session session = spec.open(host);
    session.warnings().forEach(warning -> host.tell("Warning: " + warning + "."));
    int cells = session.plan().cells().size();
    host.print(session.plan().name() + ": nothing wrong, " + cells + " cells");
    return 0;
  }
}
