package org.trimtab.spec.yaml;

/**
 * Where something was written.
 *
 * @param source the file as the user named it, or {@code --set key=value}
 * @param line 1-based; 0 when the source as a whole is meant
 * @param column 1-based; 0 when the source as a whole is meant
 */
public record Position(String source, int line, int column) {
  /** A source as a whole. */
  public static Position of(String source) {
    return new Position(source, 0, 0);
  }
}
