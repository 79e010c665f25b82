package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.Levels;
import org.trimtab.spec.yaml.Node;
import org.trimtab.spec.yaml.Position;

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
  public @Nullable Object bind(Node node, String path, Binding binding) {
    if (!(node instanceof Node.Sequence sequence)) {
      if (!levels) {
        return binding.unexpected(node, expected());
      }
      Object single = element.bind(node, path, binding);
      return single == null ? null : Levels.of(single);
    }
    if (sequence.items().isEmpty()) {
      return binding.problem(node.at(), "the list is empty; write at least one value");
    }
    List<Object> values = new ArrayList<>();
    Map<Object, Position> known = new HashMap<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      Node item = sequence.items().get(i);
      String place = Node.path(path, Integer.toString(i));
      binding.places().put(place, item.at());
      Object value = element.bind(item, place, binding);
      if (value != null) {
        values.add(value);
        Position earlier = known.putIfAbsent(value, item.at());
        if (earlier != null) {
          binding.problem(
              item.at(),
              "%s is in this list before, in line %d, column %d; leave one of them out"
                  .formatted(item.described(), earlier.line(), earlier.column()));
        }
      }
    }
    return values.size() < sequence.items().size() ? null : collected(values);
  }

  private Object collected(List<Object> values) {
    return levels ? new Levels<>(values) : List.copyOf(values);
  }

  private static List<?> values(Object value) {
    return value instanceof Levels<?> several ? several.values() : (List<?>) value;
  }

  @Override
  public JsonNode write(Object value) {
    ArrayNode tree = JsonNodeFactory.instance.arrayNode();
    values(value).forEach(each -> tree.add(element.write(each)));
    return levels && tree.size() == 1 ? tree.get(0) : tree;
  }

  @Override
  public ObjectNode schema() {
    return levels ? oneOrMore(element.schema()) : array(element.schema());
  }

  @Override
  public Object resolve(Object value, String path, int layers, Settings.Findings findings) {
    List<?> values = values(value);
    Map<Object, Object> resolved = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      boolean single = levels && values.size() == 1;
      String place = single ? path : Node.path(path, Integer.toString(i));
      Object level = values.get(i);
      Object earlier = resolved.putIfAbsent(element.resolve(level, place, layers, findings), level);
      if (earlier != null) {
        findings.same(place, level.toString(), earlier.toString());
      }
    }
    return collected(List.copyOf(resolved.keySet()));
  }

  @Override
  public List<Object> expand(Object value, String path, Collection<String> written) {
    return levels ? values(value).stream().<Object>map(Levels::of).toList() : List.of(value);
  }

  @Override
  public long combinations(Object value) {
    return levels ? values(value).size() : 1;
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
