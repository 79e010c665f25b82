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
    header = "Run a spec, or go on with it; the word 'run' may be left out.",
    description = {
      "",
      "Cells that an earlier run ended are reused; a killed run goes on by the same command.",
      "Results go to results/NAME: cells.csv, and per cell journal.jsonl and items.jsonl."
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
      description = "these cells alone: indices (0-3,7), a method, or the beginning of an id")
  private @Nullable String cells;

  RunCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    return new SpecRun(host).run(spec.selected(host), cells, spec.results(host));
  }
}
