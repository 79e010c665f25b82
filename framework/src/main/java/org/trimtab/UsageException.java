package org.trimtab;

import org.jspecify.annotations.Nullable;

/**
 * An error in what the user asked for: a spec, an argument, a name that stands for nothing. Nothing
 * was run; the process ends with exit code 2 instead of 1.
 */
public class UsageException extends UserException {
  /** Creates an error with a message for people. */
  public UsageException(String message) {
    super(message);
  }

  /** Creates an error with a message for people and the exception that led to it. */
  public UsageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
