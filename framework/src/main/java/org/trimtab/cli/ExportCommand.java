package org.trimtab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.trimtab.report.TableRow;
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
      "",
      "Examples:",
      "  ./run export quickstart --cell 1 --as weights --to edited",
      "  ./run export my-spec --row \"directional-edit factor=1.5\" --as lora --to adapter"
    })
final class ExportCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RESULTS", description = "a name, a folder results/NAME, or a spec")
  private String results = "";

  @Option(names = "--cell", paramLabel = "INDEX", description = "the cell's index in the plan")
  private @Nullable Integer cell;

  @Option(
      names = "--row",
      paramLabel = "WORDS",
      description = "the row of the table with these words, if it is of one cell")
  private @Nullable String row;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "FORM",
      description = "weights, gguf, lora, lora-gguf, control-vector or steered")
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
    int index = index(found, table);
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
        "./run export "
            + table.name()
            + " --cell "
            + index
            + " --as "
            + form
            + (type == null ? "" : " --dtype " + type)
            + " --to DIR");
  }

  private int index(Results found, ResultTable table) {
    if ((cell == null) == (row == null)) {
      throw new UsageException("name a cell, by either --cell INDEX or --row WORDS");
    }
    if (cell != null) {
      return cell;
    }
    List<String> words =
        Arrays.stream(String.valueOf(row).strip().split("\\s+")).map(ExportCommand::word).toList();
    List<TableRow> rows =
        table.rows().stream().filter(each -> label(each, table).containsAll(words)).toList();
    List<String> cells = rows.stream().flatMap(each -> each.cells().stream()).toList();
    List<Integer> indices =
        found.folder().plan().cells().stream()
            .filter(each -> cells.contains(each.id()))
            .map(each -> each.index())
            .toList();
    if (indices.size() == 1) {
      return indices.get(0);
    }
    throw new UsageException(
        "--row \""
            + row
            + "\": "
            + (rows.isEmpty()
                ? "no row has these words; rows are "
                    + String.join(
                        " | ",
                        table.rows().stream()
                            .map(each -> String.join(" ", shown(each, table)))
                            .toList())
                : (rows.size() == 1
                        ? "the row is of several cells (folds or seeds)"
                        : "several rows")
                    + "; name one by --cell: "
                    + String.join(", ", indices.stream().map(String::valueOf).toList())));
  }

  private static List<String> shown(TableRow row, ResultTable table) {
    List<String> words = new ArrayList<>(List.of(row.key()));
    table
        .factors()
        .forEach(
            factor -> {
              String value = row.settings().get(factor);
              if (value != null) {
                words.add(factor.substring(factor.lastIndexOf('.') + 1) + "=" + value);
              }
            });
    return words;
  }

  /** The words of a row: its method, and each setting with and without its name. */
  private static List<String> label(TableRow row, ResultTable table) {
    List<String> words = new ArrayList<>();
    for (String word : shown(row, table)) {
      words.add(word(word));
      words.add(word(word.substring(word.indexOf('=') + 1)));
    }
    return words;
  }

  /** A word in which 1 and 1.0 are the same. */
  private static String word(String text) {
    return text.replaceFirst("(?<=\\d)\\.0+$", "");
  }
}
