package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.spec.Key;
import org.trimtab.spec.yaml.Node;
import org.trimtab.spec.yaml.Problem;
import org.trimtab.spec.yaml.Spelling;
import org.trimtab.spec.yaml.YamlReader;

/**
 * A key of a mapping, bound to a record component.
 *
 * @param name the key's spelling
 * @param nullable whether it is optional without a default
 * @param defaultNode the default as YAML
 */
record RecordKey(
    String name,
    String meaning,
    ValueType type,
    boolean nullable,
    Optional<Node> defaultNode,
    RecordComponent component) {

  private static final ClassValue<Constructor<?>> CONSTRUCTORS =
      new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
          Class<?>[] types =
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new);
          try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
          } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
          }
        }
      };

  static RecordKey of(RecordComponent component, ValueType type) {
    component.getAccessor().setAccessible(true);
    Key key = key(component);
    List<Problem> problems = new ArrayList<>();
    Optional<Node> node =
        key.defaultValue().isEmpty()
            ? Optional.empty()
            : YamlReader.value("default", key.defaultValue(), problems);
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return new RecordKey(
        Spelling.snake(component.getName()), key.value(), type, nullable, node, component);
  }

  static Key key(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    if (key == null) {
      throw new IllegalStateException(component + " needs @Key: what does it mean?");
    }
    return key;
  }

  /** The keys of which one replaces this one; empty if nothing does. */
  List<String> unless() {
    return List.of(key(component).unless());
  }

  /** Whether it is required. */
  boolean required() {
    return !nullable && defaultNode.isEmpty();
  }

  /** Its value in a record. */
  @Nullable Object read(Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The schema of its value, with its meaning and default. */
  ObjectNode schema() {
    ObjectNode schema = type.schema();
    schema.put("description", meaning);
    if (defaultNode.isPresent()) {
      Object value = type.bind(defaultNode.get(), name, new Binding(new ArrayList<>()));
      if (value != null) {
        schema.set("default", type.write(value));
      }
    }
    return schema;
  }

  /**
   * Constructs a record from its components.
   *
   * @throws UserException when the record's own checks fail
   */
  static Record construct(Class<? extends Record> type, @Nullable Object[] arguments) {
    try {
      return (Record) CONSTRUCTORS.get(type).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof UserException user) {
        throw user;
      }
      throw new IllegalStateException("cannot make a " + type.getSimpleName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
