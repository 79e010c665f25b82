package org.trimtab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.cli.terminal.TransferLine;
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
    return open(request, host);
  }

  private static Session open(Session.Request request, Host host) {
    return Session.open(request, host.sources(), host.project(), new TransferLine(host.err()));
  }

  /**
   * The session with the items that the spec selects; runs the selection if necessary.
   *
   * @throws UserException when the selection does not end
   */
  Session selected(Host host) {
    Session session = open(host);
    Optional<Selection> selection = Selection.of(session);
    if (selection.isEmpty()) {
      return session;
    }
    Session own = open(selection.get().run(), host);
    if (selection.get().chosen(own, results(host)).isEmpty()) {
      new SpecRun(host).run(own, null, results(host));
    }
    return open(
        selection
            .get()
            .chosen(own, results(host))
            .orElseThrow(
                () ->
                    new UserException(
                        "the items are not selected yet: "
                            + own.plan().name()
                            + " did not end; the same command resumes it")),
        host);
  }

  /** The session with the items that the spec selects; the selection's own until it has ended. */
  Session planned(Host host) {
    Session session = open(host);
    Optional<Selection> selection = Selection.of(session);
    if (selection.isEmpty()) {
      return session;
    }
    Session own = open(selection.get().run(), host);
    return selection.get().chosen(own, results(host)).map(chosen -> open(chosen, host)).orElse(own);
  }

  Path results(Host host) {
    return results.of(host);
  }
}
