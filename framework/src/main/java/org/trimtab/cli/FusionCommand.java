package org.trimtab.cli;

import java.util.concurrent.Callable;
import org.trimtab.selftest.FusionCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares fusion steering with its reference. */
@Command(
    name = "fusion",
    sortOptions = false,
    header = "Fusion steering: reference vectors, full-layer and segmented texts.",
    footer = {
      "",
      "Example:",
      "  ./run selftest fusion fusion.json --model smollm2-135m-instruct-q4_1"
    })
final class FusionCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private ReferenceArguments arguments = new ReferenceArguments();

  FusionCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    return arguments.check(host, "question", FusionCheck::run);
  }
}
