package org.trimtab.spec;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value read from a spec.
 *
 * @param value the value as its Java type
 * @param tree its canonical form, keys in the order of writing, followed by defaults
 */
record Bound(Object value, JsonNode tree) {}
