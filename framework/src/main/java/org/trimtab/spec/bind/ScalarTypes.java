package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.FigureKind;
import org.trimtab.spec.yaml.Node;
import org.trimtab.spec.yaml.Spelling;

/** The basic value types: strings, numbers, booleans, enums. */
final class ScalarTypes {
  private ScalarTypes() {}

  private static ObjectNode schemaOf(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  /** A string that matches a pattern, or any non-empty one. */
  record Text(String pattern, String patternMeaning) implements ValueType {
    @Override
    public String expected() {
      return patternMeaning.isEmpty() ? "a text" : patternMeaning;
    }

    @Override
    public @Nullable Object bind(Node node, String path, Binding binding) {
      if (!(node instanceof Node.Scalar scalar) || scalar.kind() != Node.Kind.TEXT) {
        boolean quotable = node instanceof Node.Scalar && !node.isNull();
        return binding.unexpected(node, expected(), quotable ? "; put it in quotes" : "");
      }
      if (scalar.text().isBlank() || !(pattern.isEmpty() || scalar.text().matches(pattern))) {
        return binding.unexpected(node, expected());
      }
      return scalar.text();
    }

    @Override
    public JsonNode write(Object value) {
      return TextNode.valueOf((String) value);
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = schemaOf("string");
      return pattern.isEmpty()
          ? schema.put("minLength", 1)
          : schema.put("pattern", "^(" + pattern + ")$");
    }
  }

  /** An integer of 32 or 64 bits. */
  record IntegerType(boolean wide, double min, double max) implements ValueType {
    private static final Pattern FORM = Pattern.compile("[-+]?(0|[1-9][0-9]{0,20})");

    @Override
    public String expected() {
      return "a whole number";
    }

    @Override
    public @Nullable Object bind(Node node, String path, Binding binding) {
      if (!(node instanceof Node.Scalar scalar)
          || scalar.kind() != Node.Kind.INTEGER
          || !FORM.matcher(scalar.text()).matches()) {
        return binding.unexpected(node, expected());
      }
      BigDecimal number = new BigDecimal(scalar.text());
      long smallest = wide ? Long.MIN_VALUE : Integer.MIN_VALUE;
      long largest = wide ? Long.MAX_VALUE : Integer.MAX_VALUE;
      if (number.compareTo(BigDecimal.valueOf(smallest)) < 0
          || number.compareTo(BigDecimal.valueOf(largest)) > 0) {
        return binding.problem(
            node.at(), scalar.text() + " is outside " + smallest + " to " + largest);
      }
      long value = number.longValueExact();
      if (value < min || value > max) {
        return binding.problem(node.at(), outOfBounds(scalar.text(), min, max, true));
      }
      if (wide) {
        return value;
      }
      return (int) value;
    }

    @Override
    public JsonNode write(Object value) {
      return LongNode.valueOf(((Number) value).longValue());
    }

    @Override
    public ObjectNode schema() {
      return bounded(schemaOf("integer"), min, max, bound -> LongNode.valueOf((long) bound));
    }
  }

  /** A finite number of 64 bits. */
  record DoubleType(double min, double max) implements ValueType {
    private static final Pattern FORM =
        Pattern.compile("[-+]?([0-9]{1,40}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})([eE][-+]?[0-9]{1,4})?");

    @Override
    public String expected() {
      return "a number";
    }

    @Override
    public @Nullable Object bind(Node node, String path, Binding binding) {
      if (!(node instanceof Node.Scalar scalar)
          || (scalar.kind() != Node.Kind.INTEGER && scalar.kind() != Node.Kind.DOUBLE)) {
        return binding.unexpected(node, expected());
      }
      if (!FORM.matcher(scalar.text()).matches()) {
        return binding.problem(
            node.at(), "expected a finite decimal number, found '" + scalar.text() + "'");
      }
      // Adding 0.0 makes -0 and 0, which mean the same, print the same.
      double value = Double.parseDouble(scalar.text()) + 0.0;
      if (!Double.isFinite(value)) {
        return binding.problem(node.at(), scalar.text() + " is too large for a number of 64 bits");
      }
      if (value < min || value > max) {
        return binding.problem(node.at(), outOfBounds(scalar.text(), min, max, false));
      }
      return value;
    }

    @Override
    public JsonNode write(Object value) {
      return DoubleNode.valueOf((Double) value);
    }

    @Override
    public ObjectNode schema() {
      return bounded(schemaOf("number"), min, max, DoubleNode::valueOf);
    }
  }

  /** {@code true} or {@code false}. */
  record BooleanType() implements ValueType {
    @Override
    public String expected() {
      return "true or false";
    }

    @Override
    public @Nullable Object bind(Node node, String path, Binding binding) {
      if (!(node instanceof Node.Scalar scalar) || scalar.kind() != Node.Kind.BOOLEAN) {
        return binding.unexpected(node, expected());
      }
      return scalar.text().equals("true");
    }

    @Override
    public JsonNode write(Object value) {
      return BooleanNode.valueOf((Boolean) value);
    }

    @Override
    public ObjectNode schema() {
      return schemaOf("boolean");
    }
  }

  /** One of some values, by their names: an enum's constants in lower case with hyphens. */
  record Choice(Map<String, Object> values) implements ValueType {
    static Choice of(Class<?> type) {
      Map<String, Object> constants = new LinkedHashMap<>();
      for (Object constant : type.getEnumConstants()) {
        constants.put(Spelling.kebab(((Enum<?>) constant).name()), constant);
      }
      return new Choice(constants);
    }

    static Choice ofFigures() {
      Map<String, Object> kinds = new LinkedHashMap<>();
      FigureKind.all().forEach(kind -> kinds.put(kind.name(), kind));
      return new Choice(kinds);
    }

    @Override
    public String expected() {
      return "one of " + String.join(", ", values.keySet());
    }

    @Override
    public @Nullable Object bind(Node node, String path, Binding binding) {
      if (!(node instanceof Node.Scalar scalar) || scalar.kind() != Node.Kind.TEXT) {
        return binding.unexpected(node, expected());
      }
      Object value = values.get(scalar.text());
      return value != null
          ? value
          : binding.unexpected(
              node, expected(), Spelling.suggestion(scalar.text(), values.keySet(), ""));
    }

    @Override
    public JsonNode write(Object value) {
      return values.entrySet().stream()
          .filter(entry -> entry.getValue().equals(value))
          .map(entry -> TextNode.valueOf(entry.getKey()))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = JsonNodeFactory.instance.objectNode();
      values.keySet().forEach(schema.putArray("enum")::add);
      return schema;
    }
  }

  private static ObjectNode bounded(
      ObjectNode schema, double min, double max, DoubleFunction<JsonNode> written) {
    if (Double.isFinite(min)) {
      schema.set("minimum", written.apply(min));
    }
    if (Double.isFinite(max)) {
      schema.set("maximum", written.apply(max));
    }
    return schema;
  }

  private static String outOfBounds(String text, double min, double max, boolean whole) {
    String low = whole ? Long.toString((long) min) : Double.toString(min);
    String high = whole ? Long.toString((long) max) : Double.toString(max);
    if (Double.isInfinite(max)) {
      return text + " is too small: must be at least " + low;
    }
    return Double.isInfinite(min)
        ? text + " is too large: must be at most " + high
        : text + " is out of bounds: must be between " + low + " and " + high;
  }
}
