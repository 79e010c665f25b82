package org.trimtab.method;

import java.util.List;
import org.trimtab.Plugins;
import org.trimtab.UserException;

/** The methods on the class path and in plug-ins. */
public final class Methods {
  private Methods() {}

  /** All methods, by name. */
  public static List<Method<?>> all() {
    return Plugins.services(Method.class, method -> method.name()).stream()
        .<Method<?>>map(method -> method)
        .toList();
  }

  /** The method of a name. */
  public static Method<?> named(String name) {
    return all().stream()
        .filter(method -> method.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UserException("there is no method '" + name + "'"));
  }
}
