package org.trimtab.chat.syntax;

import java.util.List;

/** What an assignment or a loop assigns to. */
public sealed interface Target {
  /** A variable. */
  record Variable(String name) implements Target {}

  /** An attribute of a namespace. */
  record Attribute(String namespace, String name) implements Target {}

  /** Several targets, to which the elements of a value are assigned. */
  record Several(List<Target> targets) implements Target {}
}
