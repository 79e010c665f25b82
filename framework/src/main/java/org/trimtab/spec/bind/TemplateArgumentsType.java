package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.TemplateValue;
import org.trimtab.spec.yaml.Node;

/** The mapping {@code template_arguments}: names that a chat template reads, with their values. */
record TemplateArgumentsType() implements ValueType {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  /** What the program itself gives to templates. */
  private static final Set<String> GIVEN =
      Set.of(
          "messages",
          "add_generation_prompt",
          "tools",
          "documents",
          "bos_token",
          "eos_token",
          "pad_token",
          "unk_token");

  @Override
  public String expected() {
    return "a mapping of template arguments: {enable_thinking: false}";
  }

  @Override
  public @Nullable Object bind(Node node, String path, Binding binding) {
    if (!(node instanceof Node.Mapping mapping) || mapping.entries().isEmpty()) {
      return binding.unexpected(node, expected());
    }
    Map<String, TemplateValue> arguments = new TreeMap<>();
    for (Node.Entry entry : mapping.entries()) {
      if (!NAME.matcher(entry.key()).matches() || GIVEN.contains(entry.key())) {
        binding.problem(
            entry.at(),
            ("'%s' is no argument that a spec can give: a name of letters, digits and _,"
                    + " other than messages, tools and the special tokens")
                .formatted(entry.key()));
      } else {
        TemplateValue value = value(entry.value(), binding);
        if (value != null) {
          arguments.put(entry.key(), value);
        }
      }
    }
    return arguments.size() < mapping.entries().size() ? null : arguments;
  }

  private static @Nullable TemplateValue value(Node node, Binding binding) {
    if (node instanceof Node.Scalar scalar && !node.isNull()) {
      ValueType type =
          switch (scalar.kind()) {
            case BOOLEAN -> new ScalarTypes.BooleanType();
            case INTEGER -> new ScalarTypes.IntegerType(true, -1e15, 1e15);
            case DOUBLE ->
                new ScalarTypes.DoubleType(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            default -> new ScalarTypes.Text("", "");
          };
      Object value = type.bind(node, "", binding);
      return value == null ? null : new TemplateValue(value);
    }
    binding.unexpected(node, "true, false, a number or a text");
    return null;
  }

  @Override
  public JsonNode write(Object value) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    ((Map<?, ?>) value)
        .forEach((name, each) -> tree.set(name.toString(), ((TemplateValue) each).tree()));
    return tree;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema
        .putObject("additionalProperties")
        .putArray("type")
        .add("boolean")
        .add("number")
        .add("string");
    return schema.put("minProperties", 1);
  }
}
