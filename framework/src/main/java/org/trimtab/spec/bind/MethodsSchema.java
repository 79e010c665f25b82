package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trimtab.spec.MethodDeclaration;
import org.trimtab.spec.MethodKind;

/**
 * The JSON schema of the mapping {@code methods}. Which method a control is like is not known to a
 * schema: it may have any treatment's keys.
 */
record MethodsSchema(MethodsType methods) {
  /** Where a spec's schema holds the schemas of its methods. */
  private static final String DEFINITIONS = "#/properties/methods/$defs/";

  ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    schema.put("minProperties", 1);
    ObjectNode alias = schema.putObject("additionalProperties").put("type", "object");
    alias.putArray("required").add("method");
    ArrayNode either = alias.putArray("oneOf");
    ObjectNode definitions = schema.putObject("$defs");
    for (MethodDeclaration method : methods.registry().methods()) {
      properties.set(method.name(), reference(method.name()));
      either.add(reference(method.name()));
      definitions.set(method.name(), definition(method));
    }
    return schema;
  }

  private ObjectNode definition(MethodDeclaration method) {
    ObjectNode schema = methods.ownKeys(method).schema();
    ObjectNode properties = (ObjectNode) schema.get("properties");
    if (method.kind() == MethodKind.CONTROL) {
      methods.registry().methods().stream()
          .filter(method::controls)
          .forEach(other -> borrow(other, properties));
    }
    ObjectNode name = JsonNodeFactory.instance.objectNode().put("const", method.name());
    ObjectNode evaluations = JsonNodeFactory.instance.objectNode();
    evaluations.put(
        "description", "keys of the evaluations that score its cells; default: all of the spec's");
    ArrayNode forms = evaluations.putArray("anyOf");
    forms.addObject().put("type", "string");
    forms.addObject().put("type", "array").putObject("items").put("type", "string");
    properties.set(MethodsType.EVALUATE, evaluations);
    properties.set("method", name.put("description", "the method that an alias stands for"));
    return schema;
  }

  private void borrow(MethodDeclaration treatment, ObjectNode properties) {
    for (String key : methods.types().of(treatment.settings()).names()) {
      ObjectNode own = reference(treatment.name() + "/properties/" + key);
      JsonNode present = properties.get(key);
      if (present == null) {
        properties.set(key, own);
      } else {
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        either.putArray("anyOf").add(present).add(own);
        properties.set(key, either);
      }
    }
  }

  private static ObjectNode reference(String definition) {
    return JsonNodeFactory.instance.objectNode().put("$ref", DEFINITIONS + definition);
  }
}
