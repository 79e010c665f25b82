package org.trimtab.track.link;

import org.trimtab.UserException;

/** Sets a tag of the experiment on the server. */
@FunctionalInterface
public interface TagWriter {
  /**
   * Sets the tag, in place of an earlier value.
   *
   * @throws UserException when the server does not accept it
   */
  void write(String name, String value);
}
