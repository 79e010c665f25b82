package org.trimtab.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.trimtab.UserException;

/**
 * Names under which numbers and settings are recorded. They are checked on creation by the rules of
 * the strictest reader, an MLflow server: at most 250 characters, only those allowed in a path, and
 * no path that could be shortened. Lower case only, since some of its stores do not distinguish
 * {@code MC1} from {@code mc1}.
 */
public final class RecordedName {
  private static final int LONGEST = 250;
  private static final Pattern PARTS =
      Pattern.compile("(?!\\.{1,2}(/|$))[a-z0-9_.\\- :]+(/(?!\\.{1,2}(/|$))[a-z0-9_.\\- :]+)*");

  private RecordedName() {}

  /**
   * Checks a name.
   *
   * @param owner its origin, for the message: {@code evaluator truthfulqa-mc}
   * @throws UserException when it cannot be recorded
   */
  public static void check(String name, String owner) {
    if (name.length() > LONGEST || !PARTS.matcher(name).matches()) {
      throw new UserException(
          ("%s gives the name '%s', which cannot be recorded: allowed are %s lower-case"
                  + " letters, digits, '_', '-', '.', ':' and spaces, with single slashes between"
                  + " them. Rename it in the code of %s.")
              .formatted(owner, name, LONGEST, owner));
    }
  }

  /** Checks every key of some settings, nested ones included. */
  static void checkKeys(ObjectNode settings, String owner) {
    settings
        .properties()
        .forEach(
            entry -> {
              check(entry.getKey(), owner);
              if (entry.getValue() instanceof ObjectNode nested) {
                checkKeys(nested, owner);
              }
            });
  }
}
