package org.trimtab.spec.bind;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.spec.FigureKind;
import org.trimtab.spec.Key;
import org.trimtab.spec.Levels;
import org.trimtab.spec.StringCoded;

/**
 * Chooses the value type of a record component.
 *
 * @param datasets the names of known data sets; empty for any
 * @param special the types that depend on the registry, by the class of a map's values
 */
record ValueTypes(Set<String> datasets, Map<Class<?>, ValueType> special) {
  /** Types for settings only, which accept every data set's name. */
  static final ValueTypes SETTINGS = new ValueTypes(Set.of(), Map.of());

  /** The type of a mapping that is bound to a record. */
  RecordType of(Class<? extends Record> type) {
    List<RecordKey> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      ValueType value = of(component.getGenericType(), RecordKey.key(component));
      keys.add(RecordKey.of(component, value));
    }
    return new RecordType(type, List.copyOf(keys));
  }

  private ValueType of(Type type, Key key) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      ValueType known = special.get(arguments[arguments.length - 1]);
      if (known != null && generic.getRawType() == Map.class) {
        return known;
      }
      if (generic.getRawType() == Levels.class || generic.getRawType() == List.class) {
        return new ListType(of(arguments[0], key), generic.getRawType() == Levels.class);
      }
    }
    if (type instanceof Class<?> plain) {
      return plain(plain, key);
    }
    throw new IllegalStateException("no way to write a " + type + " in a spec");
  }

  private ValueType plain(Class<?> type, Key key) {
    StringCoded written = type.getAnnotation(StringCoded.class);
    if (written != null) {
      return StringCodedType.of(type, written, datasets);
    } else if (type == String.class) {
      return new ScalarTypes.Text(key.pattern(), key.patternMeaning());
    } else if (type == int.class || type == Integer.class) {
      return new ScalarTypes.IntegerType(false, key.min(), key.max());
    } else if (type == long.class || type == Long.class) {
      return new ScalarTypes.IntegerType(true, key.min(), key.max());
    } else if (type == double.class || type == Double.class) {
      return new ScalarTypes.DoubleType(key.min(), key.max());
    } else if (type == boolean.class || type == Boolean.class) {
      return new ScalarTypes.BooleanType();
    } else if (type.isEnum()) {
      return ScalarTypes.Choice.of(type);
    } else if (type == FigureKind.class) {
      return ScalarTypes.Choice.ofFigures();
    } else if (type.isRecord()) {
      return of(type.asSubclass(Record.class));
    }
    throw new IllegalStateException("no way to write a " + type + " in a spec");
  }
}
