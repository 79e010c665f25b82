package org.trimtab.model.tokenize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.UserException;
import org.trimtab.model.weights.GgufMetadata;

/** Byte-level BPE as GPT-2 introduced it: bytes written as printable characters, then merges. */
final class ByteLevelVocabulary implements GgufTokenizer.VocabularyKind {
  private static final String PRE = "tokenizer.ggml.pre";
  private static final String MERGES = "tokenizer.ggml.merges";

  private final GgufVocabulary vocabulary;
  private final PreTokenizer preTokenizer;

  ByteLevelVocabulary(GgufVocabulary vocabulary) {
    this.vocabulary = vocabulary;
    GgufMetadata metadata = vocabulary.metadata();
    this.preTokenizer = PreTokenizer.named(metadata.string(PRE).orElse("default"), metadata.file());
  }

  @Override
  public Optional<String> note() {
    String given =
        vocabulary.metadata().string(PRE).map(name -> "is '" + name + "'").orElse("is missing");
    return switch (preTokenizer) {
      case DEFAULT ->
          Optional.of(
              ("%s %s; words are split as llama.cpp does then, which may not be how the"
                      + " model was trained")
                  .formatted(PRE, given));
      case DEEPSEEK_R1_QWEN ->
          Optional.of(PRE + " " + given + "; words are split as llama.cpp does then, as for qwen2");
      default -> Optional.empty();
    };
  }

  @Override
  public Map<SpecialToken, Integer> defaultIds() {
    return Map.of();
  }

  @Override
  public boolean beginsWithBos() {
    return preTokenizer.beginsWithBos();
  }

  @Override
  public void describe(ObjectNode json, Map<SpecialToken, Integer> specialIds) {
    if (preTokenizer.composed()) {
      json.putObject("normalizer").put("type", "NFC");
    } else {
      json.putNull("normalizer");
    }
    json.set("pre_tokenizer", preTokenizer.json());
    json.putObject("decoder")
        .put("type", "ByteLevel")
        .put("add_prefix_space", true)
        .put("trim_offsets", true)
        .put("use_regex", true);
    ObjectNode model = json.putObject("model").put("type", "BPE");
    model.putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false);
    model.put("ignore_merges", preTokenizer.wholeWordsFirst());
    ObjectNode tokens = model.putObject("vocab");
    vocabulary.ids().forEach(tokens::put);
    putMerges(model.putArray("merges"));
  }

  private void putMerges(ArrayNode merges) {
    GgufMetadata metadata = vocabulary.metadata();
    List<String> pairs = metadata.strings(MERGES).orElseThrow(() -> metadata.missing(MERGES));
    Map<String, Integer> ids = vocabulary.ids();
    for (String pair : pairs) {
      int space = pair.indexOf(' ', 1);
      String left = space < 0 ? pair : pair.substring(0, space);
      String right = space < 0 ? "" : pair.substring(space + 1);
      if (!ids.containsKey(left) || !ids.containsKey(right) || !ids.containsKey(left + right)) {
        throw new UserException(
            ("%s: merge '%s' (%s) should be two tokens whose union is a token; the"
                    + " vocabulary is broken")
                .formatted(metadata.file(), pair, MERGES));
      }
      merges.addArray().add(left).add(right);
    }
  }
}
