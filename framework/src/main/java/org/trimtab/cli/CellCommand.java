package org.trimtab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one cell. */
@Command(
    name = "cell",
    sortOptions = false,
    header = "Run one cell of a spec alone, as a job array does.",
    description = {
      "",
      "Cells may run at the same time, in several processes with one folder of results. Then",
      "'./run SPEC' gives the table, the same as one run of the whole spec."
    },
    footer = {
      "",
      "Examples:",
      "  ./run cell experiments/tqa-full.yaml --index 3",
      "  ./run cell experiments/tqa-full.yaml --index $SLURM_ARRAY_TASK_ID"
    })
final class CellCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private SpecArguments spec = new SpecArguments();

  @Option(
      names = "--index",
      required = true,
      paramLabel = "N",
      description = "the cell's index in the plan, from 0")
  private int index;

  CellCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    return new SpecRun(host).run(spec.selected(host), Integer.toString(index), spec.results(host));
  }
}
