package org.trimtab.spec.yaml;

/**
 * One mistake in a spec.
 *
 * @param file the file as the user named it, or {@code --set key=value}
 * @param line 1-based; 0 when the file as a whole is meant
 * @param column 1-based; 0 when the file as a whole is meant
 * @param message what is wrong and what would be right
 */
public record Problem(String file, int line, int column, String message) {
  /** A problem of what was written somewhere. */
  public static Problem at(Position position, String message) {
    return new Problem(position.source(), position.line(), position.column(), message);
  }

  /** {@code file:line:column: message}. */
  @Override
  public String toString() {
    return (line == 0 ? file : file + ":" + line + ":" + column) + ": " + message;
  }
}
