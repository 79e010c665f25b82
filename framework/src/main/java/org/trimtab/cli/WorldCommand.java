package org.trimtab.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.cli.terminal.StepLine;
import org.trimtab.data.source.HashCache;
import org.trimtab.run.Interrupt;
import org.trimtab.world.Corpus;
import org.trimtab.world.World;
import org.trimtab.world.train.Schedule;
import org.trimtab.world.train.WorldTraining;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands on the embedded world. */
@Command(
    name = "world",
    synopsisSubcommandLabel = "COMMAND",
    header = "The embedded world: a tiny model and benchmark whose truth is known.",
    commandListHeading = "%nCommands:%n",
    footer = {"", "Example:", "  ./run world train --out results/world"})
final class WorldCommand implements Runnable {
  private final Host host;

  @Spec private CommandSpec spec = CommandSpec.create();

  WorldCommand(Host host) {
    this.host = host;
  }

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    throw new ParameterException(
        command,
        "which command? Commands are " + String.join(", ", command.getSubcommands().keySet()));
  }

  @Command(
      name = "train",
      sortOptions = false,
      header = "Train the embedded world's model on its documents, or resume training.",
      description = {
        "",
        "Minutes on two cores. Writes a model folder in the hub's layout and loss.csv. The same seed",
        "gives the same bytes on the same type of machine. Ctrl-C keeps a checkpoint: the same",
        "command resumes from it."
      },
      footer = {
        "",
        "Examples:",
        "  ./run world train                          to results/world-model",
        "  ./run world train --steps 200 --out quick  a quick look",
        "  ./run experiments/quickstart.yaml --set model=results/world-model"
      })
  int train(
      @Option(
              names = "--out",
              paramLabel = "DIR",
              description = "the model's folder (default: results/world-model in the project)")
          @Nullable Path out,
      @Option(
              names = "--seed",
              defaultValue = Corpus.SEED + "",
              description = "of documents and initial weights (default: 1)")
          long seed,
      @Option(
              names = "--steps",
              description = "steps of the optimiser (default: those of the schedule)")
          @Nullable Integer steps) {
    Path folder = out == null ? host.project().resolve("results/world-model") : out;
    Corpus corpus = new Corpus(World.load(), seed);
    Schedule schedule = Schedule.standard(corpus.facts());
    if (steps != null) {
      if (steps < 1) {
        throw new UsageException("--steps " + steps + ": expected at least 1");
      }
      schedule = schedule.withSteps(steps);
    }
    Interrupt interrupt =
        Interrupt.onSignals(() -> host.tell("Interrupted: keeping a checkpoint."));
    WorldTraining training = new WorldTraining(corpus, seed, schedule, folder);
    StepLine line = new StepLine(host.err(), "loss");
    float[] losses = training.run(line::step, interrupt::requested);
    if (losses.length < schedule.steps()) {
      host.tell("Interrupted. The same command resumes after step " + losses.length + ".");
      return Failures.INTERRUPTED;
    }
    WorldTraining.writeLosses(losses, folder.resolve("loss.csv"));
    Path weights = folder.resolve("model.safetensors");
    host.print("model.safetensors  sha256 " + HashCache.file(weights));
    host.tell("Model: " + folder);
    return 0;
  }
}
