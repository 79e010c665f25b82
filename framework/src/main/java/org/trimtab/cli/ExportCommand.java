package org.trimtab.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.export.Export;
import org.trimtab.export.Form;
import org.trimtab.model.weights.StorageType;
import org.trimtab.report.ResultTable;
import org.trimtab.report.folder.Reports;
import org.trimtab.run.session.Results;
import org.trimtab.run.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a cell's intervention as files for other programs. */
@Command(
    name = "export",
    sortOptions = false,
    header = "Write the edited model or the adapter of a cell as files that other programs load.",
    description = {
      "",
      "The cell's method is fitted again, written, read back and scored: the largest difference of a",
      "log-likelihood from the cell's is printed and stands in the card (README.md). The exit code",
      "is 1 when it is above 0.001 and nothing was rounded. What a form cannot say exactly is refused."
    },
    footer = {
      "",
      "Forms:",
      "  weights         a model folder for transformers, with config and tokenizer",
      "  gguf            the model's GGUF file with edited tensors",
      "  lora            an adapter for PEFT",
      "  lora-gguf       an adapter for llama.cpp",
      "  control-vector  vectors for llama.cpp",
      "  steered         vectors for lm-eval's model type steered",
      "  adapter         an adapter on the final hidden state: safetensors and config.json",
      "",
      "Examples:",
      "  ./run export quickstart --cell 1 --as weights --to edited",
      "  ./run export my-spec --row \"directional-edit factor=1.5\" --as lora --to adapter"
    })
final class ExportCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RESULTS", description = "a name, a folder results/NAME, or a spec")
  private String results = "";

  @Mixin private CellOption cell = new CellOption();

  @Option(
      names = "--as",
      required = true,
      paramLabel = "FORM",
      description = "weights, gguf, lora, lora-gguf, control-vector, steered or adapter")
  private String form = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "the folder to write, which must not exist")
  private Path target = Path.of("");

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description =
          "type of the weights: f32, f16 or bf16 (default: the model's own; f32 for a GGUF model)")
  private @Nullable String type;

  @Option(
      names = "--check",
      paramLabel = "ITEMS",
      description = "score this many items after reading it back (default: 20)")
  private int check = Export.ITEMS;

  @Mixin private ResultsOption all = new ResultsOption();

  @Mixin private DataOption data = new DataOption();

  ExportCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    if (check < 1) {
      throw new UsageException("--check " + check + ": expected at least 1");
    }
    Form asked = Form.parse(form);
    Optional<StorageType> dtype = Optional.ofNullable(type).map(ExportCommand::type);
    Results found = Results.find(results, all.of(host));
    ResultTable table = Reports.table(found.folder(), found.spec());
    int index = cell.index(found.folder().plan(), table);
    Session session = host.open(Session.Request.again(found.folder(), List.of(), data.folder()));
    Export.Outcome outcome =
        Export.run(
            new Export.Request(
                found.folder(), table, index, asked, dtype, target, check, commands(table, index)),
            session,
            host.sources());
    host.print(outcome.text());
    return outcome.passed() ? 0 : Failures.FAILED;
  }

  private static StorageType type(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "f32" -> StorageType.F32;
      case "f16" -> StorageType.F16;
      case "bf16" -> StorageType.BF16;
      default -> throw new UsageException("--dtype " + name + ": expected f32, f16 or bf16");
    };
  }

  private List<String> commands(ResultTable table, int index) {
    return List.of(
        "./run trimtab/spec.yaml",
        "./run export %s --cell %s --as %s%s --to DIR"
            .formatted(table.name(), index, form, type == null ? "" : " --dtype " + type));
  }
}
