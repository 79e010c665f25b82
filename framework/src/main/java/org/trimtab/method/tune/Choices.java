package org.trimtab.method.tune;

import java.util.HashSet;
import java.util.List;
import org.trimtab.UserException;

/**
 * Names without an order.
 *
 * @param options at least one, all different
 */
public record Choices(List<String> options) implements Domain {
  /** Copies the list. */
  public Choices {
    options = List.copyOf(options);
    if (options.isEmpty() || new HashSet<>(options).size() < options.size()) {
      throw new UserException(
          "'one of " + String.join(", ", options) + "' must name at least one choice, each once");
    }
  }

  @Override
  public boolean single() {
    return options.size() == 1;
  }

  @Override
  public double code(Object value) {
    int index = value instanceof String name ? options.indexOf(name) : -1;
    return index < 0 ? Double.NaN : index;
  }

  @Override
  public Object value(double code) {
    return options.get((int) code);
  }

  @Override
  public Object spread(double share) {
    return options.get((int) (share * options.size()));
  }

  @Override
  public int size() {
    return options.size();
  }

  @Override
  public Object level(int index, int count) {
    return options.get(Numbers.spaced(index, count, options.size()));
  }

  @Override
  public String toString() {
    return "one of " + String.join(", ", options);
  }
}
