package org.trimtab.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.data.source.model.ResolvedModel;
import org.trimtab.selftest.Finding;
import org.trimtab.selftest.FindingText;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The common arguments of comparisons of a real model with a reference. */
final class ReferenceArguments {
  @Parameters(paramLabel = "FILE", description = "what the reference implementation computed, JSON")
  private Path file = Path.of("");

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "the model: short name, hub name, folder or .gguf file")
  private String model = "";

  /**
   * Makes the comparisons, prints them and returns the exit code.
   *
   * @param subject the heading of the first column
   */
  int check(
      Host host,
      String subject,
      BiFunction<Path, Supplier<ResolvedModel>, List<Finding>> comparisons) {
    ModelSource source = new ModelSource(host.sources(), new TransferLine(host.err()));
    FindingText report =
        new FindingText(subject, comparisons.apply(file, () -> source.resolve(model)));
    host.print(report.text());
    return report.passes() ? 0 : Failures.FAILED;
  }
}
