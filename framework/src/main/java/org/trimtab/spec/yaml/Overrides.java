package org.trimtab.spec.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values from the command line, {@code --set key.path=value}, applied to a spec's tree. */
public final class Overrides {
  private final List<Problem> problems;

  /**
   * Overrides.
   *
   * @param problems receives what is wrong with them
   */
  public Overrides(List<Problem> problems) {
    this.problems = problems;
  }

  /**
   * The tree with all overrides applied in order.
   *
   * @param overrides texts of the form {@code key.path=value}; the value is YAML
   */
  public Node apply(Node root, List<String> overrides) {
    Node changed = root;
    for (String override : overrides) {
      Position at = Position.of("--set " + override);
      int equals = override.indexOf('=');
      String path = equals < 0 ? override : override.substring(0, equals);
      if (equals < 0 || path.isBlank() || path.startsWith(".") || path.endsWith(".")) {
        problems.add(Problem.at(at, "expected key.path=value, such as seed=1"));
        continue;
      }
      Optional<Node> value =
          YamlReader.value(at.source(), override.substring(equals + 1), problems);
      if (value.isPresent()) {
        changed = put(changed, List.of(path.strip().split("\\.", -1)), "", value.get());
      }
    }
    return changed;
  }

  private Node put(Node node, List<String> path, String parent, Node value) {
    if (path.isEmpty()) {
      return value;
    }
    Position at = value.at();
    String step = path.get(0);
    List<String> rest = path.subList(1, path.size());
    String place = Node.path(parent, step);
    if (node instanceof Node.Sequence sequence) {
      int size = sequence.items().size();
      if (!step.matches("\\d{1,6}") || Integer.parseInt(step) >= size) {
        String numbers = size == 1 ? "0" : "a number from 0 to " + (size - 1);
        problems.add(
            Problem.at(at, "'" + parent + "' is a list; its elements are named by " + numbers));
        return node;
      }
      List<Node> items = new ArrayList<>(sequence.items());
      int index = Integer.parseInt(step);
      items.set(index, put(items.get(index), rest, place, value));
      return new Node.Sequence(sequence.at(), items);
    }
    if (!(node instanceof Node.Mapping) && !node.isNull()) {
      problems.add(Problem.at(at, "'" + parent + "' is " + node.described() + ", not a mapping"));
      return node;
    }
    List<Node.Entry> entries =
        new ArrayList<>(node instanceof Node.Mapping mapping ? mapping.entries() : List.of());
    for (int i = 0; i < entries.size(); i++) {
      Node.Entry entry = entries.get(i);
      if (entry.key().equals(step)) {
        Node changed = put(entry.value(), rest, place, value);
        entries.set(i, new Node.Entry(entry.at(), step, changed));
        return new Node.Mapping(node.at(), entries);
      }
    }
    Node nothing = new Node.Scalar(at, Node.Kind.NULL, "");
    entries.add(new Node.Entry(at, step, put(nothing, rest, place, value)));
    return new Node.Mapping(node.at(), entries);
  }
}
