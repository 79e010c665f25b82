package org.trimtab.world.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.io.Json;

/** A byte-level vocabulary in the hub's format: tokenizer.json and tokenizer_config.json. */
final class TokenizerFiles {
  /** Precedes every text. */
  static final String BEGIN = "<|begin|>";

  /** Ends a document, and generation. */
  static final String END = "<|end|>";

  private static final List<String> SPECIAL = List.of(BEGIN, END);

  /** Conversations look like the documents: question and answer lines. */
  private static final String CHAT_TEMPLATE =
      "{{ bos_token }}{% for message in messages %}"
          + "{% if message['role'] == 'user' %}{{ 'Q: ' + message['content'] + '\\n' }}"
          + "{% elif message['role'] == 'assistant' %}{{ 'A: ' + message['content'] + '\\n\\n' }}"
          + "{% else %}{{ message['content'] + '\\n' }}{% endif %}"
          + "{% endfor %}{% if add_generation_prompt %}{{ 'A:' }}{% endif %}";

  private TokenizerFiles() {}

  /** The number of token ids of a vocabulary, with the special ones. */
  static int size(BytePairs pairs) {
    return pairs.tokens().size() + SPECIAL.size();
  }

  /** The files' texts by name. */
  static Map<String, String> of(BytePairs pairs) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("tokenizer.json", text(tokenizer(pairs)));
    files.put("tokenizer_config.json", text(configuration()));
    return files;
  }

  private static ObjectNode tokenizer(BytePairs pairs) {
    ObjectNode root = Json.object();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int id = 0; id < SPECIAL.size(); id++) {
      ObjectNode token = added.addObject().put("id", id).put("content", SPECIAL.get(id));
      for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
        token.put(flag, false);
      }
      token.put("special", true);
    }
    root.putNull("normalizer");
    bytes(root.putObject("pre_tokenizer"));
    beginFirst(root.putObject("post_processor"));
    bytes(root.putObject("decoder"));
    ObjectNode model = root.putObject("model");
    model.put("type", "BPE").putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false);
    ObjectNode vocabulary = model.putObject("vocab");
    SPECIAL.forEach(token -> vocabulary.put(token, vocabulary.size()));
    pairs.tokens().forEach(token -> vocabulary.put(token, vocabulary.size()));
    ArrayNode merges = model.putArray("merges");
    pairs.merges().forEach(pair -> merges.add(pair.left() + " " + pair.right()));
    return root;
  }

  private static void bytes(ObjectNode node) {
    node.put("type", "ByteLevel").put("add_prefix_space", false);
    node.put("trim_offsets", true).put("use_regex", true);
  }

  /** The begin token before every text, as in Llama's tokenizers. */
  private static void beginFirst(ObjectNode node) {
    node.put("type", "TemplateProcessing");
    ArrayNode single = node.putArray("single");
    single.addObject().putObject("SpecialToken").put("id", BEGIN).put("type_id", 0);
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    ArrayNode pair = node.putArray("pair");
    pair.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
    ObjectNode token = node.putObject("special_tokens").putObject(BEGIN);
    token.put("id", BEGIN).putArray("ids").add(SPECIAL.indexOf(BEGIN));
    token.putArray("tokens").add(BEGIN);
  }

  private static ObjectNode configuration() {
    return Json.object()
        .put("tokenizer_class", "PreTrainedTokenizerFast")
        .put("bos_token", BEGIN)
        .put("eos_token", END)
        .put("clean_up_tokenization_spaces", false)
        .put("chat_template", CHAT_TEMPLATE);
  }

  private static String text(ObjectNode node) {
    return Json.pretty(node);
  }
}
