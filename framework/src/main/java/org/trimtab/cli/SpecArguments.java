package org.trimtab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.trimtab.console.TransferLine;
import org.trimtab.session.Session;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all commands on a spec take. */
final class SpecArguments {
  @Parameters(
      paramLabel = "SPEC",
      description = "the spec, a YAML file such as those in experiments/")
  private Path spec = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "replace a value of the spec: seed=1, methods.directional-edit.factor=2; repeatable")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "the first N items of every data set alone: a quick look, not a result")
  private @Nullable Integer limit;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "a folder of data sets, searched first")
  private @Nullable Path data;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "the folder of results (default: results/ in the project)")
  private @Nullable Path results;

  Session open(Host host) {
    Session.Request request =
        new Session.Request(
            spec,
            overrides,
            limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
            Optional.ofNullable(data));
    return Session.open(request, host.sources(), host.project(), new TransferLine(host.err()));
  }

  Path results(Host host) {
    return results == null ? host.results() : results;
  }
}
