package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.spec.yaml.Node;
import org.trimtab.spec.yaml.Position;
import org.trimtab.spec.yaml.Problem;
import org.trimtab.spec.yaml.Spelling;

/**
 * A mapping with known keys, bound to a record. The record's constructor checks combinations of
 * keys: its {@link UserException} is reported at the mapping.
 */
record RecordType(Class<? extends Record> type, List<RecordKey> keys) implements ValueType {
  /** The names of the keys in the order of the record. */
  List<String> names() {
    return keys.stream().map(RecordKey::name).toList();
  }

  @Override
  public String expected() {
    return names().isEmpty() ? "an empty mapping" : "a mapping with " + String.join(", ", names());
  }

  @Override
  public @Nullable Object bind(Node node, String path, Binding binding) {
    if (node.isNull()) {
      return bind(new Node.Mapping(node.at(), List.of()), path, binding);
    }
    if (!(node instanceof Node.Mapping mapping)) {
      return binding.unexpected(node, expected());
    }
    Map<String, Object> written = new LinkedHashMap<>();
    int before = binding.problems().size();
    for (Node.Entry entry : mapping.entries()) {
      Optional<RecordKey> key =
          keys.stream().filter(known -> known.name().equals(entry.key())).findFirst();
      if (key.isEmpty()) {
        String known = names().isEmpty() ? "; none is known here" : "; known: " + listed();
        binding.problem(
            entry.at(),
            "unknown key "
                + Spelling.quoted(entry.key())
                + Spelling.suggestion(entry.key(), names(), known));
        continue;
      }
      String place = Node.path(path, entry.key());
      binding.places().put(place, entry.value().at());
      if (!(key.get().nullable() && entry.value().isNull())) {
        Object value = key.get().type().bind(entry.value(), place, binding);
        if (value != null) {
          written.put(entry.key(), value);
        }
      }
    }
    for (RecordKey key : keys) {
      if (mapping.entry(key.name()).isEmpty()
          && key.unless().stream().allMatch(other -> mapping.entry(other).isEmpty())) {
        addDefault(key, mapping.at(), path, binding, written);
      }
    }
    return binding.problems().size() > before ? null : make(mapping.at(), written, binding);
  }

  private String listed() {
    return String.join(", ", names());
  }

  private static void addDefault(
      RecordKey key, Position at, String path, Binding binding, Map<String, Object> written) {
    if (key.defaultNode().isPresent()) {
      List<Problem> problems = new ArrayList<>();
      Object value = key.type().bind(key.defaultNode().get(), key.name(), new Binding(problems));
      if (value != null) {
        written.put(key.name(), value);
      }
      for (Problem problem : problems) {
        binding.problem(at, "the default of '" + key.name() + "': " + problem.message());
      }
    } else if (key.required() || !key.unless().isEmpty()) {
      String where = path.isEmpty() ? "" : " in '" + path + "'";
      binding.problem(at, "missing key '" + key.name() + "'" + where + ": " + key.meaning());
    }
  }

  private @Nullable Object make(Position at, Map<String, Object> values, Binding binding) {
    try {
      return RecordKey.construct(type, keys.stream().map(key -> values.get(key.name())).toArray());
    } catch (UserException e) {
      return binding.problem(at, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public ObjectNode write(Object value) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    for (RecordKey key : keys) {
      Object component = key.read(value);
      if (component != null) {
        tree.set(key.name(), key.type().write(component));
      } else if (key.defaultNode().isPresent()) {
        tree.putNull(key.name()); // else it would be read as its default
      }
    }
    return tree;
  }

  /**
   * The tree in the order of writing, followed by defaults.
   *
   * @param order the keys in that order
   * @param written the paths of all keys that are written, in the order of writing
   * @param parts the trees of components that were written before, which records of a sweep share
   */
  ObjectNode write(
      Object value,
      String path,
      List<RecordKey> order,
      Collection<String> written,
      IdentityHashMap<Object, JsonNode> parts) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    for (RecordKey key : order) {
      Object component = key.read(value);
      if (component == null) {
        if (key.defaultNode().isPresent()) {
          tree.putNull(key.name());
        }
        continue;
      }
      @Nullable JsonNode part = parts.get(component);
      if (part == null) {
        String own = Node.path(path, key.name());
        part =
            key.type() instanceof RecordType nested
                ? nested.write(component, own, nested.inOrder(own, written), written, parts)
                : key.type().write(component);
        parts.put(component, part);
      }
      tree.set(key.name(), part);
    }
    return tree;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    for (RecordKey key : keys) {
      properties.set(key.name(), key.schema());
      if (key.required()) {
        required.add(key.name());
      }
    }
    ArrayNode alternatives = alternatives();
    if (!alternatives.isEmpty()) {
      schema.put("type", "object");
      schema.set("anyOf", alternatives);
    } else if (required.isEmpty()) {
      schema.putArray("type").add("object").add("null");
    } else {
      schema.put("type", "object");
      schema.set("required", required);
    }
    schema.set("properties", properties);
    return schema.put("additionalProperties", false);
  }

  /** Keys of which one is required. */
  private ArrayNode alternatives() {
    ArrayNode any = JsonNodeFactory.instance.arrayNode();
    for (RecordKey key : keys) {
      if (!key.unless().isEmpty()) {
        Stream.concat(Stream.of(key.name()), key.unless().stream())
            .forEach(name -> any.addObject().putArray("required").add(name));
      }
    }
    return any;
  }

  @Override
  public Object resolve(Object value, String path, int layers, Settings.Findings findings) {
    @Nullable Object[] components = components(value);
    for (int i = 0; i < components.length; i++) {
      RecordKey key = keys.get(i);
      Object component = components[i];
      if (component != null) {
        components[i] =
            key.type().resolve(component, Node.path(path, key.name()), layers, findings);
      }
    }
    try {
      return RecordKey.construct(type, components);
    } catch (UserException e) {
      findings.problem(path, String.valueOf(e.getMessage()));
      return value;
    }
  }

  private @Nullable Object[] components(Object value) {
    return keys.stream().map(key -> key.read(value)).toArray();
  }

  @Override
  public List<Object> expand(Object value, String path, Collection<String> written) {
    List<@Nullable Object[]> all = List.<@Nullable Object[]>of(components(value));
    for (RecordKey key : inOrder(path, written)) {
      int at = keys.indexOf(key);
      Object component = key.read(value);
      if (component != null) {
        List<Object> levels = key.type().expand(component, Node.path(path, key.name()), written);
        List<@Nullable Object[]> next = new ArrayList<>();
        for (@Nullable Object[] combination : all) {
          for (Object level : levels) {
            @Nullable Object[] extended = combination.clone();
            extended[at] = level;
            next.add(extended);
          }
        }
        all = next;
      }
    }
    List<Object> records = new ArrayList<>();
    all.forEach(combination -> records.add(RecordKey.construct(type, combination)));
    return records;
  }

  /** The keys as they are written, followed by those that are not. */
  List<RecordKey> inOrder(String path, Collection<String> written) {
    Map<String, RecordKey> places = new LinkedHashMap<>();
    keys.forEach(key -> places.put(Node.path(path, key.name()), key));
    List<RecordKey> ordered = new ArrayList<>();
    for (String place : written) {
      RecordKey key = places.remove(place);
      if (key != null) {
        ordered.add(key);
      }
    }
    ordered.addAll(places.values());
    return ordered;
  }

  @Override
  public long combinations(Object value) {
    double product = 1;
    for (RecordKey key : keys) {
      Object component = key.read(value);
      product *= component == null ? 1 : key.type().combinations(component);
    }
    return (long) product;
  }
}
