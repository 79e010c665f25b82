package org.trimtab.cli;

import java.util.concurrent.Callable;
import org.trimtab.selftest.ReferenceCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares a real model with its reference. */
@Command(
    name = "reference",
    sortOptions = false,
    header = "A real model: token ids, prompts, log-probabilities, greedy text, weights.",
    footer = {
      "",
      "Example:",
      "  ./run selftest reference reference.json --model smollm2-135m-instruct-q4_1"
    })
final class ReferenceCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private ReferenceArguments arguments = new ReferenceArguments();

  ReferenceCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    return arguments.check(host, "subject", ReferenceCheck::run);
  }
}
