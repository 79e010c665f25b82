package org.trimtab.spec.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.trimtab.UsageException;

/** All problems of a spec, reported at once. Its message has one line per problem. */
public final class SpecProblems extends UsageException {
  private static final int SHOWN = 50;

  private final transient List<Problem> problems;

  /** Sorts the problems by position, those of the command line last, and drops repeated ones. */
  public SpecProblems(List<Problem> problems) {
    super(message(sorted(problems)));
    this.problems = sorted(problems);
  }

  /** A single problem. */
  public static SpecProblems of(Position position, String message) {
    return new SpecProblems(List.of(Problem.at(position, message)));
  }

  /** The problems, sorted by position. */
  public List<Problem> problems() {
    return problems;
  }

  private static List<Problem> sorted(List<Problem> problems) {
    return problems.stream()
        .distinct()
        .sorted(
            Comparator.comparing((Problem problem) -> problem.file().startsWith("--set "))
                .thenComparing(Problem::line)
                .thenComparing(Problem::column))
        .toList();
  }

  private static String message(List<Problem> problems) {
    String lines =
        problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n"));
    return problems.size() <= SHOWN
        ? lines
        : lines + "\n... and " + (problems.size() - SHOWN) + " more problems";
  }
}
