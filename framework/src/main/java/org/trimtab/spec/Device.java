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

  @Override
  public String toString() {
    return text;
  }
}
