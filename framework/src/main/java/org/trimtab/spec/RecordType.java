package org.trimtab.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

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
  public @Nullable Bound bind(Node node, String path, Binding binding) {
    if (node.isNull()) {
      return bind(new Node.Mapping(node.at(), List.of()), path, binding);
    }
    if (!(node instanceof Node.Mapping mapping)) {
      return binding.unexpected(node, expected());
    }
    Map<String, Bound> written = new LinkedHashMap<>();
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
      String place = Binding.path(path, entry.key());
      binding.places().put(place, entry.value().at());
      if (!(key.get().nullable() && entry.value().isNull())) {
        Bound bound = key.get().type().bind(entry.value(), place, binding);
        if (bound != null) {
          written.put(entry.key(), bound);
        }
      }
    }
    for (RecordKey key : keys) {
      if (mapping.entry(key.name()).isEmpty()) {
        addDefault(key, mapping.at(), path, binding, written);
      }
    }
    return binding.problems().size() > before ? null : make(mapping.at(), written, binding);
  }

  private String listed() {
    return String.join(", ", names());
  }

  private static void addDefault(
      RecordKey key, Position at, String path, Binding binding, Map<String, Bound> written) {
    if (key.defaultNode().isPresent()) {
      List<Problem> problems = new ArrayList<>();
      Bound bound = key.type().bind(key.defaultNode().get(), key.name(), new Binding(problems));
      if (bound != null) {
        written.put(key.name(), bound);
      }
      for (Problem problem : problems) {
        binding.problem(at, "the default of '" + key.name() + "': " + problem.message());
      }
    } else if (!key.nullable()) {
      String where = path.isEmpty() ? "" : " in '" + path + "'";
      binding.problem(at, "missing key '" + key.name() + "'" + where + ": " + key.meaning());
    }
  }

  private @Nullable Bound make(Position at, Map<String, Bound> written, Binding binding) {
    Object[] arguments = new Object[keys.size()];
    for (int i = 0; i < arguments.length; i++) {
      Bound bound = written.get(keys.get(i).name());
      arguments[i] = bound == null ? null : bound.value();
    }
    Record value;
    try {
      value = RecordKey.construct(type, arguments);
    } catch (UserException e) {
      return binding.problem(at, String.valueOf(e.getMessage()));
    }
    ObjectNode canonical = write(value);
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    for (String name : written.keySet()) {
      Bound bound = written.get(name);
      Object component = key(name).read(value);
      if (bound != null && bound.value().equals(component)) {
        tree.set(name, bound.tree());
      } else if (canonical.has(name)) {
        tree.set(name, canonical.get(name));
      }
    }
    canonical.properties().forEach(entry -> tree.putIfAbsent(entry.getKey(), entry.getValue()));
    return new Bound(value, tree);
  }

  private RecordKey key(String name) {
    return keys.stream().filter(key -> key.name().equals(name)).findFirst().orElseThrow();
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
    if (required.isEmpty()) {
      schema.putArray("type").add("object").add("null");
    } else {
      schema.put("type", "object");
      schema.set("required", required);
    }
    schema.set("properties", properties);
    return schema.put("additionalProperties", false);
  }

  @Override
  public JsonNode resolve(
      JsonNode tree, String path, int layers, BiConsumer<String, String> problems) {
    ObjectNode resolved = JsonNodeFactory.instance.objectNode();
    tree.properties()
        .forEach(
            entry ->
                resolved.set(
                    entry.getKey(),
                    key(entry.getKey())
                        .type()
                        .resolve(
                            entry.getValue(),
                            Binding.path(path, entry.getKey()),
                            layers,
                            problems)));
    return resolved;
  }

  @Override
  public List<JsonNode> expand(JsonNode tree) {
    List<JsonNode> all = List.of(JsonNodeFactory.instance.objectNode());
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      List<JsonNode> levels = key(entry.getKey()).type().expand(entry.getValue());
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode combination : all) {
        for (JsonNode level : levels) {
          ObjectNode extended = combination.deepCopy();
          next.add(extended.set(entry.getKey(), level));
        }
      }
      all = next;
    }
    return all;
  }

  @Override
  public long combinations(JsonNode tree) {
    double product = 1;
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      product *= key(entry.getKey()).type().combinations(entry.getValue());
    }
    return (long) product;
  }
}
