package org.trimtab.spec;

import org.trimtab.UserException;

/**
 * The device of the model.
 *
 * @param text {@code auto} (a GPU if there is one), {@code cpu}, {@code gpu} (the first) or {@code
 *     gpu:N}
 */
@StringCoded(as = "a device: auto, cpu, gpu or gpu:1", pattern = "auto|cpu|gpu(:\\d{1,3})?")
public record Device(String text) {
  /**
   * Reads a device.
   *
   * @throws UserException for any other text
   */
  public static Device parse(String text) {
    if (!text.matches("auto|cpu|gpu(:\\d{1,3})?")) {
      throw new UserException("'" + text + "' is not a device: write auto, cpu, gpu or gpu:1");
    }
    return new Device(text);
  }

  /** Whether the program chooses. */
  public boolean isAuto() {
    return text.equals("auto");
  }

  /** Whether a GPU was asked for. */
  public boolean isGpu() {
    return text.startsWith("gpu");
  }

  /** The GPU's 0-based number; 0 where none is written. */
  public int index() {
    int colon = text.indexOf(':');
    return colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return text;
  }
}
