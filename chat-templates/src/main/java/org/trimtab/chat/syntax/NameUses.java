package org.trimtab.chat.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which names a template uses that matter before it runs: filters and tests that do not exist, and
 * the special variables of macros.
 *
 * <p>Like Jinja, an unknown filter is an error of the template at once, except directly inside an
 * {@code if}, where it is one only when it is reached.
 */
final class NameUses {
  private record Use(String name, boolean stored) {}

  private static final Set<String> SPECIAL = Set.of("caller", "kwargs", "varargs");

  private final List<TemplateFailure> unknown = new ArrayList<>();
  private final List<TemplateFailure> certain = new ArrayList<>();
  private final List<Use> special = new ArrayList<>();

  /** Notes a filter or test that does not exist. */
  void unknown(String type, String name, int line) {
    unknown.add(TemplateFailure.assertion(line, "No " + type + " named '" + name + "'."));
  }

  /** A mark to be given to {@link #forgive} or {@link #confirm}. */
  int unknownSoFar() {
    return unknown.size();
  }

  /** The unknown names since the mark are conditional. */
  void forgive(int mark) {
    unknown.subList(mark, unknown.size()).clear();
  }

  /** The unknown names since the mark are in a scope of their own, where they count. */
  void confirm(int mark) {
    List<TemplateFailure> since = unknown.subList(mark, unknown.size());
    certain.addAll(since);
    since.clear();
  }

  /** Fails for the first unknown name that counts. */
  void check() {
    confirm(0);
    if (!certain.isEmpty()) {
      throw certain.get(0);
    }
  }

  /** Notes that a variable is read. */
  void loaded(String name) {
    if (SPECIAL.contains(name)) {
      special.add(new Use(name, false));
    }
  }

  /** Notes that a variable is written. */
  void stored(String name) {
    if (SPECIAL.contains(name)) {
      special.add(new Use(name, true));
    }
  }

  /** A mark to be given to {@link #specialSince}. */
  int specialSoFar() {
    return special.size();
  }

  /** The special variables that were read since the mark before they were written. */
  Set<String> specialSince(int mark) {
    Set<String> read = new HashSet<>();
    Set<String> written = new HashSet<>();
    for (Use use : special.subList(mark, special.size())) {
      if (use.stored()) {
        written.add(use.name());
      } else if (!written.contains(use.name())) {
        read.add(use.name());
      }
    }
    return read;
  }
}
