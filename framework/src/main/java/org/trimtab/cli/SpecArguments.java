package org.trimtab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.run.session.Selection;
import org.trimtab.run.session.Session;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The common arguments of commands on a spec. */
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
      description = "only the first N items of every data set: a quick look, not a result")
  private @Nullable Integer limit;

  @Mixin private DataOption data = new DataOption();

  @Mixin private ResultsOption results = new ResultsOption();

  Session open(Host host) {
    Session.Request request =
        new Session.Request(
            spec,
            overrides,
            limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
            data.folder());
    return host.open(request);
  }

  /**
   * The session with the items that the spec selects; runs the selection if necessary.
   *
   * @throws UserException when the selection does not end
   */
  Session selected(Host host) {
    Path folder = results(host);
    return Selection.complete(
        open(host), host::open, folder, own -> new SpecRun(host).run(own, null, folder));
  }

  /** The session with the items that the spec selects; the selection's own until it has ended. */
  Session planned(Host host) {
    return Selection.planned(open(host), host::open, results(host));
  }

  Path results(Host host) {
    return results.of(host);
  }
}
