package org.trimtab.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.data.source.model.ResolvedModel;
import org.trimtab.model.kernel.Devices;
import org.trimtab.selftest.BatchingCheck;
import org.trimtab.selftest.BlockCheck;
import org.trimtab.selftest.ChatTemplateCheck;
import org.trimtab.selftest.Finding;
import org.trimtab.selftest.FindingText;
import org.trimtab.selftest.FusionCheck;
import org.trimtab.selftest.ParityReport;
import org.trimtab.selftest.ReferenceCheck;
import org.trimtab.selftest.TpeCheck;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The group of self-tests; each short one is a method. */
@Command(
    name = "selftest",
    synopsisSubcommandLabel = "TEST",
    header = "Compare this program with reference implementations.",
    commandListHeading = "%nTests:%n",
    footer = {
      "",
      "Exit codes: 0 everything within tolerance, 1 otherwise.",
      "",
      "Examples:",
      "  ./run selftest parity framework/src/test/resources/fixtures/parity",
      "  ./run selftest batching smollm2-135m-instruct-q4_1"
    })
final class SelftestCommand implements Runnable {
  private static final String MODEL = "the model: short name, hub name, folder or .gguf file";
  private static final String DEVICE = "auto, cpu, gpu or gpu:N (default: cpu)";

  /** A real model and what another implementation computed with it. */
  static final class ReferenceArguments {
    @Parameters(
        paramLabel = "FILE",
        description = "what the reference implementation computed, JSON")
    private Path file = Path.of("");

    @Option(names = "--model", required = true, paramLabel = "MODEL", description = MODEL)
    private String model = "";
  }

  private final Host host;

  @Spec private CommandSpec spec = CommandSpec.create();

  SelftestCommand(Host host) {
    this.host = host;
  }

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    throw new ParameterException(
        command, "which test? Tests are " + String.join(", ", command.getSubcommands().keySet()));
  }

  @Command(
      name = "parity",
      sortOptions = false,
      header = "Decoder, interventions and gradients against fixture folders.",
      description = {
        "",
        "A fixture folder holds config.json, model.safetensors, expected.safetensors and meta.json."
      },
      footer = {
        "",
        "Examples:",
        "  ./run selftest parity framework/src/test/resources/fixtures/parity",
        "  ./run selftest parity framework/src/test/resources/fixtures/parity \\",
        "      --weights framework/src/test/resources/fixtures/gguf"
      })
  int parity(
      @Parameters(paramLabel = "DIR", description = "a fixture folder, or a folder of such")
          Path folder,
      @Option(
              names = "--weights",
              paramLabel = "DIR2",
              description =
                  "take DIR2/FAMILY.gguf instead of a folder's own weights and configuration")
          @Nullable Path weights,
      @Option(names = "--device", defaultValue = "cpu", description = DEVICE) String device) {
    ParityReport report = ParityReport.of(folder, weights, Devices.resolve(device));
    return shown(report.text(), report.passes());
  }

  @Command(
      name = "gguf",
      header = "Dequantised blocks against those of the Python package gguf, bit for bit.",
      footer = {
        "",
        "Example:",
        "  ./run selftest gguf framework/src/test/resources/fixtures/gguf/blocks.safetensors"
      })
  int gguf(
      @Parameters(
              paramLabel = "FILE",
              description = "a safetensors file with pairs TYPE.raw (bytes) and TYPE.values (fp32)")
          Path file) {
    return shown("type", BlockCheck.run(file));
  }

  @Command(
      name = "reference",
      sortOptions = false,
      header = "A real model: token ids, prompts, log-probabilities, greedy text, weights.",
      footer = {
        "",
        "Example:",
        "  ./run selftest reference reference.json --model smollm2-135m-instruct-q4_1"
      })
  int reference(@Mixin ReferenceArguments given) {
    return shown("subject", ReferenceCheck.run(given.file, () -> resolve(given.model)));
  }

  @Command(
      name = "fusion",
      sortOptions = false,
      header = "Fusion steering: reference vectors, full-layer and segmented texts.",
      footer = {
        "",
        "Example:",
        "  ./run selftest fusion fusion.json --model smollm2-135m-instruct-q4_1"
      })
  int fusion(@Mixin ReferenceArguments given) {
    return shown("question", FusionCheck.run(given.file, () -> resolve(given.model)));
  }

  @Command(
      name = "chat-templates",
      sortOptions = false,
      header = "Rendered chat templates, refusals included, against those of transformers.",
      footer = {
        "",
        "Example:",
        "  ./run selftest chat-templates \\",
        "      chat-templates/src/test/resources/fixtures/chat-templates/expected.json \\",
        "      --templates DIR"
      })
  int chatTemplates(
      @Parameters(paramLabel = "FILE", description = "what transformers rendered, JSON") Path file,
      @Option(
              names = "--templates",
              required = true,
              paramLabel = "DIR",
              description = "the folder of the templates that FILE names")
          Path templates) {
    return shown("template", ChatTemplateCheck.findings(ChatTemplateCheck.run(file, templates)));
  }

  @Command(
      name = "batching",
      sortOptions = false,
      header = "Log-probabilities do not depend on batch size, order, padding or caching.",
      footer = {"", "Example:", "  ./run selftest batching smollm2-135m-instruct-q4_1"})
  int batching(
      @Parameters(paramLabel = "MODEL", description = MODEL) String model,
      @Option(names = "--device", defaultValue = "cpu", description = DEVICE) String device) {
    return shown("way", BatchingCheck.run(resolve(model).path(), Devices.resolve(device)));
  }

  @Command(
      name = "tpe",
      header = "The tuner tpe: its densities and regret against those of Optuna.",
      footer = {
        "",
        "Example:",
        "  ./run selftest tpe framework/src/test/resources/fixtures/tpe/optuna.json"
      })
  int tpe(@Parameters(paramLabel = "FILE", description = "what Optuna computed, JSON") Path file) {
    return shown("case", TpeCheck.run(file));
  }

  private ResolvedModel resolve(String model) {
    return new ModelSource(host.sources(), new TransferLine(host.err())).resolve(model);
  }

  private int shown(String subject, List<Finding> findings) {
    FindingText report = new FindingText(subject, findings);
    return shown(report.text(), report.passes());
  }

  private int shown(String text, boolean passes) {
    host.print(text);
    return passes ? 0 : Failures.FAILED;
  }
}
