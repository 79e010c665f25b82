package org.trimtab.chat.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call.
 *
 * @param positional those without a name
 * @param named those with a name, in order
 */
public record Arguments(List<Value> positional, Map<String, Value> named) {
  /** No arguments. */
  public static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** Checks that there are only positional arguments, and how many; returns them. */
  public List<Value> positional(String function, int least, int most) {
    if (!named.isEmpty()) {
      throw Failure.type(function + "() takes no keyword arguments");
    }
    int count = positional.size();
    if (count < least || count > most) {
      String expected = least == most ? "exactly " + least : "from " + least + " to " + most;
      throw Failure.type(function + "() takes " + expected + " arguments (" + count + " given)");
    }
    return positional;
  }

  /**
   * Assigns the arguments to parameters.
   *
   * @param function the name for errors
   * @param required how many of the first parameters must be given
   * @param parameters their names in order
   * @return a value for every parameter, null where it is not given
   */
  public @Nullable Value[] bind(String function, int required, String... parameters) {
    if (positional.size() > parameters.length) {
      throw Failure.type(
          function
              + "() takes "
              + parameters.length
              + " arguments but "
              + positional.size()
              + " were given");
    }
    @Nullable Value[] bound = new @Nullable Value[parameters.length];
    for (int i = 0; i < positional.size(); i++) {
      bound[i] = positional.get(i);
    }
    List<String> names = List.of(parameters);
    named.forEach(
        (name, value) -> {
          int index = names.indexOf(name);
          if (index < 0) {
            throw Failure.type(function + "() got an unexpected keyword argument '" + name + "'");
          }
          if (bound[index] != null) {
            throw Failure.type(function + "() got multiple values for argument '" + name + "'");
          }
          bound[index] = value;
        });
    for (int i = 0; i < required; i++) {
      if (bound[i] == null) {
        throw Failure.type(function + "() missing required argument: '" + parameters[i] + "'");
      }
    }
    return bound;
  }

  /** The same arguments without the first few positional ones. */
  public Arguments without(int first) {
    return new Arguments(positional.subList(first, positional.size()), named);
  }
}
