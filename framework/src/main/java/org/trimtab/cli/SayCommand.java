package org.trimtab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.cli.terminal.Terminal;
import org.trimtab.cli.terminal.WorkLine;
import org.trimtab.io.InputFile;
import org.trimtab.model.Sampling;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.plan.Cell;
import org.trimtab.report.folder.Reports;
import org.trimtab.run.Interrupt;
import org.trimtab.say.Experiment;
import org.trimtab.say.Lines;
import org.trimtab.say.Pair;
import org.trimtab.say.Say;
import org.trimtab.say.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the model says without and with a cell's intervention. */
@Command(
    name = "say",
    sortOptions = false,
    header = "Show what the model says without and with the intervention of a cell.",
    description = {
      "",
      "Both replies are streamed, side by side on a terminal of 80 columns or more, with the first",
      "token in which they differ and KL(base || edited) before each token of the edited reply. The",
      "cell's method is fitted first, whether it has run or not. Without a prompt this is a dialogue,",
      "in which each side has its own history; /help shows its commands."
    },
    footer = {
      "",
      "Examples:",
      "  ./run say quickstart --cell 1 \"When do people eat black bread?\" --stop '\\n'",
      "  ./run say my-spec --row \"directional-edit factor=1.5\" \"Tell me a story.\" --sample --seed 3",
      "  ./run say quickstart --cell 1 --strength -1 --prompts prompts.txt --json > said.jsonl",
      "  ./run say quickstart --cell 1"
    })
final class SayCommand implements Callable<Integer> {
  private static final int TOKENS = 200;

  private final Host host;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "results by name or folder, a spec, or the name of one in experiments/")
  private String named = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "what to continue; without it, a dialogue")
  private @Nullable String prompt;

  @Mixin private CellOption cell = new CellOption();

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description = "several prompts, a line each; empty lines are skipped")
  private @Nullable Path prompts;

  @Option(
      names = "--strength",
      paramLabel = "K",
      description = "apply what was learned at another strength than the cell's")
  private @Nullable String strength;

  @Option(
      names = "--layers",
      paramLabel = "RANGE",
      description = "apply it in other blocks, as in specs: 5-29, last 25%%")
  private @Nullable String layers;

  @Option(names = "--sample", description = "draw tokens (default: the most probable one)")
  private boolean sample;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "of --sample (default: 0.7, as in specs)")
  private @Nullable Double temperature;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "of --sample: the probability to draw from (default: 1)")
  private @Nullable Double topP;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of --sample (default: 0); both sides have the same random numbers")
  private long seed;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "tokens of a reply at most (default: 200)")
  private int tokens = TOKENS;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "end a reply before this text; \\n is a line feed; repeatable")
  private List<String> stops = new ArrayList<>();

  @Option(names = "--plain", description = "do not put prompts into the model's chat template")
  private boolean plain;

  @Option(names = "--json", description = "a JSON object per prompt, on one line")
  private boolean json;

  @Mixin private ResultsOption all = new ResultsOption();

  @Mixin private DataOption data = new DataOption();

  SayCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    List<String> asked = usage(this::prompts);
    Pair.Asked manner = usage(this::manner);
    Experiment experiment =
        Experiment.open(
            named, all.of(host), host.project().resolve("experiments"), data.folder(), host::open);
    Cell chosen =
        experiment
            .session()
            .cell(
                cell.index(
                    experiment.session().plan(),
                    () -> Reports.table(experiment.folder(), experiment.session().spec())));
    host.tell(experiment.fit(chosen));
    Interrupt interrupt = Interrupt.onSignals(() -> {});
    WorkLine progress = new WorkLine(host.err());
    try (Pair pair =
        Pair.open(
            experiment.session(),
            chosen,
            manner,
            (done, total) -> {
              progress.step("learning from " + total + " items", done, total);
              if (interrupt.requested()) {
                throw new CancellationException();
              }
            })) {
      progress.end();
      Say say = new Say(pair, screen());
      if (asked.isEmpty()) {
        say.dialogue(new Lines(System.in), interrupt::requested);
      } else {
        say.prompts(asked, json, interrupt::requested);
      }
    } catch (CancellationException e) {
      return Failures.INTERRUPTED;
    }
    return interrupt.requested() ? Failures.INTERRUPTED : 0;
  }

  /** Makes something of the arguments, which are wrong if that fails. */
  private static <T> T usage(Supplier<T> step) {
    try {
      return step.get();
    } catch (UserException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private List<String> prompts() {
    if (prompt != null && prompts != null) {
      throw new UsageException("a prompt and --prompts exclude each other; leave one out");
    }
    if (prompt != null) {
      return List.of(prompt);
    }
    if (prompts != null) {
      return InputFile.lines(prompts).stream().filter(line -> !line.isBlank()).toList();
    }
    if (json) {
      throw new UsageException(
          "--json needs a prompt or --prompts; a dialogue has /save FILE.json");
    }
    return List.of();
  }

  private Pair.Asked manner() {
    if (tokens < 1) {
      throw new UsageException("--max-tokens " + tokens + ": expected at least 1");
    }
    if (!sample && (temperature != null || topP != null)) {
      throw new UsageException("--temperature and --top-p are for --sample");
    }
    return new Pair.Asked(
        plain,
        sample
            ? new Sampling(temperature == null ? 0.7 : temperature, topP == null ? 1 : topP, 0)
            : null,
        seed,
        new Decoding(tokens, stops.stream().map(stop -> stop.replace("\\n", "\n")).toList()),
        Optional.ofNullable(strength),
        Optional.ofNullable(layers));
  }

  private Screen screen() {
    Terminal out = host.out().measured();
    return new Screen(out.out(), out.interactive(), out.colours(), out.columns());
  }
}
