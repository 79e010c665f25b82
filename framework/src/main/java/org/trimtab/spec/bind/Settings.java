package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import org.trimtab.spec.yaml.Node;
import org.trimtab.spec.yaml.Position;
import org.trimtab.spec.yaml.Problem;
import org.trimtab.spec.yaml.SpecProblems;

/** Settings as trees and as records: resolving, expanding, binding, writing. */
public final class Settings {
  private static final ClassValue<RecordType> TYPES =
      new ClassValue<>() {
        @Override
        protected RecordType computeValue(Class<?> type) {
          return ValueTypes.SETTINGS.of(type.asSubclass(Record.class));
        }
      };

  private Settings() {}

  /** Receives what is found when settings are resolved for a model. */
  public interface Findings {
    /** A setting that the model does not allow: its path, and the reason. */
    void problem(String path, String reason);

    /** A level that means the same as an earlier one in this model, and is left out. */
    default void same(String path, String level, String earlier) {}
  }

  /**
   * Settings with model-relative values resolved to absolute numbers.
   *
   * @param layers the model's number of blocks
   * @param findings receives settings that the model does not allow, and levels that it makes equal
   */
  public static Record resolve(Record settings, int layers, Findings findings) {
    return (Record) type(settings).resolve(settings, "", layers, findings);
  }

  /**
   * One record for every combination of levels, the last one fastest.
   *
   * @param written the paths of what is written, in the order of writing
   * @throws org.trimtab.UserException when the record does not allow a combination
   */
  public static List<Record> expand(Record settings, Collection<String> written) {
    return type(settings).expand(settings, "", written).stream().map(Record.class::cast).toList();
  }

  /** The number of records that {@link #expand} gives, without making them. */
  public static long combinations(Record settings) {
    return type(settings).combinations(settings);
  }

  /**
   * The record of some settings, such as those of a cell in a journal. The key {@code like} of a
   * control is skipped.
   *
   * @throws SpecProblems when they are not valid settings of that type
   */
  public static <T extends Record> T bind(ObjectNode settings, Class<T> type) {
    ObjectNode keys = settings.deepCopy();
    keys.remove("like");
    List<Problem> problems = new ArrayList<>();
    Object bound = TYPES.get(type).bind(node(keys), "", new Binding(problems));
    if (bound == null) {
      throw new SpecProblems(problems);
    }
    return type.cast(bound);
  }

  /** The tree of a record of settings, all defaults written out. */
  public static ObjectNode tree(Record settings) {
    return type(settings).write(settings);
  }

  /**
   * The same in the order of writing, followed by defaults.
   *
   * @param written the paths of the keys that are written, in that order
   */
  public static ObjectNode tree(Record settings, Collection<String> written) {
    return trees(List.of(settings), written).get(0);
  }

  /** The trees of records of one type, which share the nodes of what the records share. */
  public static List<ObjectNode> trees(
      List<? extends Record> settings, Collection<String> written) {
    if (settings.isEmpty()) {
      return List.of();
    }
    RecordType type = type(settings.get(0));
    List<RecordKey> order = type.inOrder("", written);
    IdentityHashMap<Object, JsonNode> parts = new IdentityHashMap<>();
    return settings.stream().map(each -> type.write(each, "", order, written, parts)).toList();
  }

  private static RecordType type(Record settings) {
    return TYPES.get(settings.getClass());
  }

  private static Node node(JsonNode tree) {
    Position at = Position.of("settings");
    if (tree.isObject()) {
      return new Node.Mapping(
          at,
          tree.properties().stream()
              .map(entry -> new Node.Entry(at, entry.getKey(), node(entry.getValue())))
              .toList());
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
