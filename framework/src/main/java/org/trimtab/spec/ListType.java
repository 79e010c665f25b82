package org.trimtab.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A list, or the levels of a factor, for which a single value means a list of one.
 *
 * @param element the type of the elements
 * @param levels whether this is a factor
 */
record ListType(ValueType element, boolean levels) implements ValueType {
  @Override
  public String expected() {
    return "a list";
  }

  @Override
  public @Nullable Bound bind(Node node, String path, Binding binding) {
    if (!(node instanceof Node.Sequence sequence)) {
      if (!levels) {
        return binding.unexpected(node, expected());
      }
      Bound single = element.bind(node, path, binding);
      return single == null ? null : new Bound(Levels.of(single.value()), single.tree());
    }
    if (sequence.items().isEmpty()) {
      return binding.problem(node.at(), "the list is empty; write at least one value");
    }
    List<Object> values = new ArrayList<>();
    ArrayNode tree = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < sequence.items().size(); i++) {
      Node item = sequence.items().get(i);
      String place = Binding.path(path, Integer.toString(i));
      binding.places().put(place, item.at());
      Bound bound = element.bind(item, place, binding);
      if (bound != null) {
        values.add(bound.value());
        tree.add(bound.tree());
      }
    }
    if (values.size() < sequence.items().size()) {
      return null;
    }
    return levels
        ? new Bound(new Levels<>(values), tree.size() == 1 ? tree.get(0) : tree)
        : new Bound(List.copyOf(values), tree);
  }

  @Override
  public JsonNode write(Object value) {
    ArrayNode tree = JsonNodeFactory.instance.arrayNode();
    List<?> values = value instanceof Levels<?> several ? several.values() : (List<?>) value;
    values.forEach(each -> tree.add(element.write(each)));
    return levels && tree.size() == 1 ? tree.get(0) : tree;
  }

  @Override
  public ObjectNode schema() {
    return levels ? oneOrMore(element.schema()) : array(element.schema());
  }

  @Override
  public JsonNode resolve(
      JsonNode tree, String path, int layers, BiConsumer<String, String> problems) {
    if (!tree.isArray()) {
      return element.resolve(tree, path, layers, problems);
    }
    ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < tree.size(); i++) {
      String place = Binding.path(path, Integer.toString(i));
      resolved.add(element.resolve(tree.get(i), place, layers, problems));
    }
    return resolved;
  }

  @Override
  public List<JsonNode> expand(JsonNode tree) {
    if (!levels || !tree.isArray()) {
      return List.of(tree);
    }
    List<JsonNode> all = new ArrayList<>();
    tree.forEach(all::add);
    return all;
  }

  @Override
  public long combinations(JsonNode tree) {
    return levels && tree.isArray() ? tree.size() : 1;
  }

  private static ObjectNode array(ObjectNode element) {
    ObjectNode array = JsonNodeFactory.instance.objectNode().put("type", "array");
    array.set("items", element);
    return array.put("minItems", 1);
  }

  /** The schema of one value or a list of them. */
  static ObjectNode oneOrMore(ObjectNode element) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("oneOf").add(element).add(array(element));
    return schema;
  }
}
