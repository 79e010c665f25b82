package org.trimtab.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Settings as trees and as records: resolving, expanding, binding, writing. */
public final class Settings {
  private Settings() {}

  /**
   * Settings with model-relative values resolved to absolute numbers.
   *
   * @param layers the model's number of blocks
   * @param problems receives the path of a setting that the model does not allow, and the reason
   */
  public static ObjectNode resolve(
      ObjectNode settings,
      Class<? extends Record> type,
      int layers,
      BiConsumer<String, String> problems) {
    return (ObjectNode) ValueTypes.SETTINGS.of(type).resolve(settings, "", layers, problems);
  }

  /** One tree for every combination of levels, in the order of writing, the last one fastest. */
  public static List<ObjectNode> expand(ObjectNode settings, Class<? extends Record> type) {
    return ValueTypes.SETTINGS.of(type).expand(settings).stream()
        .map(ObjectNode.class::cast)
        .toList();
  }

  /** The number of trees that {@link #expand} gives, without making them. */
  public static long combinations(ObjectNode settings, Class<? extends Record> type) {
    return ValueTypes.SETTINGS.of(type).combinations(settings);
  }

  /**
   * The record of some settings, such as those of a cell. The key {@code like} of a control is
   * skipped.
   *
   * @throws SpecProblems when they are not valid settings of that type
   */
  public static <T extends Record> T bind(ObjectNode settings, Class<T> type) {
    ObjectNode keys = settings.deepCopy();
    keys.remove("like");
    List<Problem> problems = new ArrayList<>();
    Bound bound = ValueTypes.SETTINGS.of(type).bind(node(keys), "", new Binding(problems));
    if (bound == null) {
      throw new SpecProblems(problems);
    }
    return type.cast(bound.value());
  }

  /** The tree of a record of settings, all defaults written out. */
  public static ObjectNode tree(Record settings) {
    return ValueTypes.SETTINGS.of(settings.getClass()).write(settings);
  }

  private static Node node(JsonNode tree) {
    Position at = Position.of("settings");
    if (tree.isObject()) {
      List<Node.Entry> entries = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : tree.properties()) {
        entries.add(new Node.Entry(at, entry.getKey(), node(entry.getValue())));
      }
      return new Node.Mapping(at, entries);
    }
    if (tree.isArray()) {
      List<Node> items = new ArrayList<>();
      tree.forEach(item -> items.add(node(item)));
      return new Node.Sequence(at, items);
    }
    Node.Kind kind =
        switch (tree.getNodeType()) {
          case BOOLEAN -> Node.Kind.BOOLEAN;
          case NUMBER -> tree.isIntegralNumber() ? Node.Kind.INTEGER : Node.Kind.DOUBLE;
          case STRING -> Node.Kind.TEXT;
          default -> Node.Kind.NULL;
        };
    return new Node.Scalar(at, kind, tree.asText());
  }
}
