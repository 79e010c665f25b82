package org.trimtab.run.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trimtab.run.Environment;

/** Compares the program that ran a cell with this one: by commit, otherwise by version. */
final class CodeDifferences {
  private static final String DIRTY = "-dirty";
  private static final String NO_COMMIT = "without a git repository";

  private CodeDifferences() {}

  /** Empty if the same commit, without local changes, runs now with the same plug-ins. */
  static List<Difference> between(Environment was, Environment is) {
    List<Difference> differences = new ArrayList<>(commits(was, is));
    if (!was.plugins().equals(is.plugins())) {
      differences.add(
          difference(
              "plug-ins",
              was.plugins().toString(),
              is.plugins().toString(),
              "use the jars that the original ran with"));
    }
    return differences;
  }

  private static List<Difference> commits(Environment was, Environment is) {
    @Nullable String before = was.gitCommit();
    @Nullable String now = is.gitCommit();
    if (before == null && now == null) {
      return versions(was.trimtab(), is.trimtab());
    }
    if (Objects.equals(before, now) && !dirty(now)) {
      return List.of();
    }
    String reason;
    if (dirty(before)) {
      reason = "files differed from the commit, and it is not known how";
    } else if (dirty(now)) {
      reason = "files differ from the commit; 'git status' names them";
    } else if (before == null) {
      reason = "which commit the original ran from is not known";
    } else {
      reason = "check it out: git checkout " + before;
    }
    return List.of(difference("git commit", before, now, reason));
  }

  private static List<Difference> versions(String before, String now) {
    return before.equals(now)
        ? List.of()
        : List.of(difference("Trimtab", before, now, "use the version that ran the original"));
  }

  private static Difference difference(
      String what, @Nullable String before, @Nullable String now, String reason) {
    return new Difference(what, shown(before), shown(now), Severity.CODE, reason);
  }

  private static String shown(@Nullable String commit) {
    return commit == null ? NO_COMMIT : commit;
  }

  private static boolean dirty(@Nullable String commit) {
    return commit != null && commit.endsWith(DIRTY);
  }
}
