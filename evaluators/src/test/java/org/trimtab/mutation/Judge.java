package org.trimtab.mutation;

import java.util.Optional;
import java.util.regex.Pattern;

/** Tells refusals from faults by what a command printed. */
final class Judge {
  private static final Pattern INTERNAL =
      Pattern.compile(
          "unexpected error|fault of the program|\n\\s*at \\S+\\(|java\\.lang\\.|jackson\\.|snakeyaml"
              + "|ai\\.djl|PanicException|panicked at|ClassCast|NullPointer|IllegalState"
              + "|IllegalArgument|IndexOutOfBounds|NumberFormat");

  private Judge() {}

  /** What is a fault whatever was expected: an abort, a hang, an internal error. */
  static Optional<Verdict> failure(WorkerProcess.Ended ended) {
    return switch (ended.kind()) {
      case ABORTED ->
          Optional.of(
              new Verdict(Outcome.ABORT, "exit code " + ended.exitCode() + ": " + ended.text()));
      case HUNG -> Optional.of(new Verdict(Outcome.HANG, ended.text()));
      case ENDED ->
          INTERNAL.matcher(ended.text()).find() || ended.exitCode() < 0 || (ended.exitCode() > 2)
              ? Optional.of(verdict(Outcome.UNEXPECTED, ended))
              : Optional.empty();
    };
  }

  /** A refusal that names its place, or one that does not. */
  static Verdict refusal(WorkerProcess.Ended ended, Pattern place) {
    boolean clear = place.matcher(ended.text()).find();
    return verdict(clear ? Outcome.REFUSED : Outcome.UNCLEAR, ended);
  }

  static Verdict verdict(Outcome outcome, WorkerProcess.Ended ended) {
    return new Verdict(outcome, "exit code " + ended.exitCode() + ": " + ended.text().strip());
  }
}
