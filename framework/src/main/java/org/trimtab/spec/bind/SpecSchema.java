package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trimtab.io.Json;
import org.trimtab.spec.Registry;

/** The JSON schema of specs, for editors: completion, descriptions, defaults. */
public final class SpecSchema {
  private SpecSchema() {}

  /** The schema for a registry; ends with a line break. */
  public static String text(Registry registry) {
    ObjectNode schema =
        JsonNodeFactory.instance
            .objectNode()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", "Trimtab experiment");
    schema.setAll(SpecReader.type(registry).schema());
    return Json.spread(schema);
  }
}
