package org.trimtab.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Set;
import org.trimtab.Plugins;
import org.trimtab.UserException;

/** What a figure shows. Implemented by what draws it; found by ServiceLoader. */
public interface FigureKind {
  /** Its name in specs, and of its files unless they are given another: {@code dose-response}. */
  @JsonValue
  String name();

  /** Whether a report has it even if the spec names no figures. */
  @JsonIgnore
  default boolean unnamed() {
    return true;
  }

  /** Of the keys {@code cost} and {@code at}, those that it reads; others are refused. */
  @JsonIgnore
  default Set<String> keys() {
    return Set.of();
  }

  /** All kinds, by name. */
  static List<FigureKind> all() {
    return Plugins.services(FigureKind.class, FigureKind::name);
  }

  /** The kind of a name. */
  @JsonCreator
  static FigureKind named(String name) {
    return all().stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UserException("there is no figure '" + name + "'"));
  }
}
