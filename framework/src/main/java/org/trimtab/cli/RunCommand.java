package org.trimtab.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a spec. */
@Command(
    name = "run",
    sortOptions = false,
    customSynopsis = "./run SPEC.yaml [OPTIONS]",
    header = "Run or resume a spec; the word 'run' is optional.",
    description = {
      "",
      "Cells completed by an earlier run are reused; the same command resumes a killed run.",
      "Results go to results/NAME: cells.csv, and per cell journal.jsonl and items.jsonl. With",
      "--limit or --set they go to a folder of their own, such as results/NAME@limit=20."
    },
    footer = {
      "",
      "Examples:",
      "  ./run experiments/tqa-sweep.yaml",
      "  ./run experiments/tqa-sweep.yaml --set model=org/name --set device=gpu",
      "  ./run experiments/tqa-sweep.yaml --cells 0-3,7",
      "  ./run experiments/tqa-sweep.yaml --cells baseline --limit 20"
    })
final class RunCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private SpecArguments spec = new SpecArguments();

  @Option(
      names = "--cells",
      paramLabel = "CELLS",
      description = "only these cells: indices (0-3,7), a method, or the beginning of an id")
  private @Nullable String cells;

  RunCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    return new SpecRun(host).run(spec.selected(host), cells, spec.results(host));
  }
}
