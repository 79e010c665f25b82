package org.trimtab.cli;

import java.util.concurrent.Callable;
import org.trimtab.run.session.PlanCost;
import org.trimtab.run.session.PlanText;
import org.trimtab.run.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a plan. */
@Command(
    name = "plan",
    sortOptions = false,
    header = "Show the cells of a spec, their cost, and which are done.",
    footer = {
      "",
      "Examples:",
      "  ./run plan experiments/tqa-sweep.yaml",
      "  ./run plan experiments/tqa-sweep.yaml --set methods.directional-edit.layers=0-9"
    })
final class PlanCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private SpecArguments spec = new SpecArguments();

  PlanCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Session session = spec.planned(host);
    host.print(PlanText.of(session, spec.results(host)));
    host.print(PlanCost.measure(session).text());
    return 0;
  }
}
