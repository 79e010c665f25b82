package org.trimtab.model.tokenize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.UserException;
import org.trimtab.io.Json;

/**
 * The definition of a tokenizer.
 *
 * @param source its file or folder, for messages
 * @param json in the form of tokenizer.json, without truncation and padding; determines every id
 * @param specialTokens texts by the names bos_token, eos_token, unk_token, pad_token
 * @param ends ids that end generation, besides the end-of-sequence token
 * @param chatTemplate the chat template, if any
 * @param notes what is unusual in it and what is done about it, one line each
 */
record TokenizerDefinition(
    String source,
    ObjectNode json,
    Map<String, String> specialTokens,
    Set<Integer> ends,
    Optional<String> chatTemplate,
    List<String> notes) {

  TokenizerDefinition {
    specialTokens = Map.copyOf(specialTokens);
    ends = Set.copyOf(ends);
    notes = List.copyOf(notes);
  }

  /** The JSON with sorted keys, so that equal tokenizers have equal text. */
  String canonicalJson() {
    try {
      return Json.PYTHON.writeValueAsString(Json.PYTHON.treeToValue(json, Map.class));
    } catch (JsonProcessingException e) {
      throw new UserException(source + ": tokenizer cannot be written as JSON", e);
    }
  }
}
