package org.trimtab;

import org.jspecify.annotations.Nullable;

/**
 * An error that the user can act on. Its message names the thing, the place (file, line, key), the
 * allowed values and the next step; the command line prints it alone, without a stack trace.
 */
public class UserException extends RuntimeException {
  /** Creates an error with a message for people. */
  public UserException(String message) {
    super(message);
  }

  /** Creates an error with a message for people and the exception that led to it. */
  public UserException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
