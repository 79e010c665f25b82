package org.trimtab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.trimtab.selftest.ChatTemplateCheck;
import org.trimtab.selftest.FindingText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares rendered chat templates. */
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
final class ChatTemplatesCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "FILE", description = "what transformers rendered, JSON")
  private Path file = Path.of("");

  @Option(
      names = "--templates",
      required = true,
      paramLabel = "DIR",
      description = "the folder of the templates that FILE names")
  private Path templates = Path.of("");

  ChatTemplatesCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    FindingText report =
        new FindingText(
            "template", ChatTemplateCheck.findings(ChatTemplateCheck.run(file, templates)));
    host.print(report.text());
    return report.passes() ? 0 : Failures.FAILED;
  }
}
