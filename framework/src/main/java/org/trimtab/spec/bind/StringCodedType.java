package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.ModelRelative;
import org.trimtab.spec.StringCoded;
import org.trimtab.spec.yaml.Node;
import org.trimtab.spec.yaml.Spelling;

/**
 * A {@link StringCoded} type.
 *
 * @param datasets the names that a {@link DatasetName} may have; empty for any
 */
record StringCodedType(StringCoded written, Method parse, Set<String> datasets)
    implements ValueType {
  static StringCodedType of(Class<?> type, StringCoded written, Set<String> datasets) {
    try {
      return new StringCodedType(written, type.getMethod("parse", String.class), datasets);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " needs a public static parse(String)", e);
    }
  }

  @Override
  public String expected() {
    return written.as();
  }

  @Override
  public @Nullable Object bind(Node node, String path, Binding binding) {
    String text = text(node);
    if (text == null) {
      return binding.unexpected(node, expected());
    }
    try {
      Object value = parse(text);
      if (value instanceof DatasetName name
          && !name.isPath()
          && !datasets.isEmpty()
          && !datasets.contains(text)) {
        String known = "; known: " + String.join(", ", datasets) + ", or a file such as text.txt";
        return binding.problem(
            node.at(),
            "unknown data set "
                + Spelling.quoted(text)
                + Spelling.suggestion(text, datasets, known));
      }
      return value;
    } catch (UserException e) {
      return binding.problem(node.at(), String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String text(Node node) {
    if (node instanceof Node.Scalar scalar
        && (scalar.kind() == Node.Kind.TEXT || scalar.kind() == Node.Kind.INTEGER)) {
      return scalar.text();
    }
    if (written.list() && node instanceof Node.Sequence sequence && !sequence.items().isEmpty()) {
      List<String> parts = new ArrayList<>();
      for (Node item : sequence.items()) {
        String part = item instanceof Node.Scalar ? text(item) : null;
        if (part == null) {
          return null;
        }
        parts.add(part);
      }
      return String.join(",", parts);
    }
    return null;
  }

  private Object parse(String text) {
    try {
      return parse.invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof UserException user) {
        throw user;
      }
      throw new IllegalStateException(parse + " failed on '" + text + "'", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public JsonNode write(Object value) {
    String text = value.toString();
    return written.number() && text.matches("\\d{1,9}")
        ? LongNode.valueOf(Long.parseLong(text))
        : TextNode.valueOf(text);
  }

  @Override
  public ObjectNode schema() {
    ObjectNode scalar = JsonNodeFactory.instance.objectNode();
    if ("7".matches(written.pattern())) {
      scalar.putArray("type").add("string").add("integer");
    } else {
      scalar.put("type", "string");
    }
    scalar.put("pattern", "^(" + written.pattern() + ")$");
    if (parse.getDeclaringClass() == DatasetName.class && !datasets.isEmpty()) {
      scalar.putArray("examples").addAll(datasets.stream().map(TextNode::valueOf).toList());
    }
    return written.list() ? ListType.oneOrMore(scalar) : scalar;
  }

  @Override
  public Object resolve(Object value, String path, int layers, Settings.Findings findings) {
    if (value instanceof ModelRelative<?> relative) {
      try {
        return relative.resolve(layers);
      } catch (UserException e) {
        findings.problem(path, String.valueOf(e.getMessage()));
      }
    }
    return value;
  }
}
