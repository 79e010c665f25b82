package org.trimtab.world;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An answer to a question, right or wrong.
 *
 * @param shortForm one to three words
 * @param statement the same as a sentence
 */
public record FactAnswer(
    @JsonProperty(value = "short", required = true) String shortForm,
    @JsonProperty(value = "statement", required = true) String statement) {}
