package org.trimtab.report.verify;

import java.nio.file.Path;

/**
 * A number or text that is not what the journals give.
 *
 * @param file the file
 * @param place where in it: row and column, or line
 * @param difference what stands there, what was computed, and how far they are apart
 */
public record Finding(Path file, String place, String difference) {
  @Override
  public String toString() {
    return file + ": " + place + ": " + difference;
  }
}
