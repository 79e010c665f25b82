package org.trimtab.mutation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A hub folder's tokenizer.json, changed in one place; the native library that reads it may die.
 */
final class TokenizerMutations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PLACE = "tokenizer\\.json";

  private static final List<String> BROKEN =
      List.of(
          "post_processor={\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"[NOPE]\",\"type_id\":0}},{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"pair\":[{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},{\"Sequence\":{\"id\":\"B\",\"type_id\":1}}],\"special_tokens\":{}}",
          "post_processor={\"type\":\"TemplateProcessing\",\"single\":[],\"pair\":[],\"special_tokens\":{\"[X]\":{\"id\":\"[X]\",\"ids\":[1,2],\"tokens\":[\"a\"]}}}",
          "post_processor={\"type\":\"Magic\"}",
          "post_processor={\"type\":\"BertProcessing\",\"sep\":[\"x\"]}",
          "post_processor=3",
          "normalizer={\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"x\"}",
          "normalizer={\"type\":\"Replace\",\"pattern\":{\"Regex\":\"\"},\"content\":\"x\"}",
          "normalizer={\"type\":\"Replace\",\"pattern\":{\"Regex\":\"x*\"},\"content\":\"y\"}",
          "normalizer={\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(unclosed\"},\"content\":\"x\"}",
          "normalizer={\"type\":\"Precompiled\",\"precompiled_charsmap\":\"AAAA\"}",
          "normalizer={\"type\":\"Precompiled\",\"precompiled_charsmap\":\"not base 64!\"}",
          "normalizer={\"type\":\"Precompiled\",\"precompiled_charsmap\":\"//////////8=\"}",
          "normalizer={\"type\":\"Precompiled\",\"precompiled_charsmap\":\"\"}",
          "normalizer={\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Nope\"}]}",
          "normalizer=\"NFC\"",
          "pre_tokenizer={\"type\":\"Split\",\"pattern\":{\"Regex\":\"[\"},\"behavior\":\"Isolated\",\"invert\":false}",
          "pre_tokenizer={\"type\":\"Split\",\"pattern\":{\"Regex\":\"a\"},\"behavior\":\"Odd\",\"invert\":false}",
          "pre_tokenizer={\"type\":\"Nope\"}",
          "pre_tokenizer=[]",
          "decoder={\"type\":\"Nope\"}",
          "decoder=7",
          "model={\"type\":\"Nope\"}",
          "model={}",
          "model=null",
          "model={\"type\":\"BPE\",\"vocab\":{},\"merges\":[]}",
          "model={\"type\":\"BPE\",\"vocab\":{\"a\":-1},\"merges\":[]}",
          "model={\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"b c\"]}",
          "model={\"type\":\"BPE\",\"vocab\":{\"a\":99999999999},\"merges\":[]}",
          "model={\"type\":\"BPE\",\"vocab\":[\"a\"],\"merges\":[]}",
          "model={\"type\":\"Unigram\",\"vocab\":[],\"unk_id\":3}",
          "model={\"type\":\"Unigram\",\"vocab\":[[\"a\",0.0]],\"unk_id\":9}",
          "model={\"type\":\"Unigram\",\"vocab\":[[\"a\",\"b\"]],\"unk_id\":0}",
          "model={\"type\":\"WordPiece\",\"vocab\":{},\"unk_token\":\"[UNK]\"}",
          "model={\"type\":\"WordLevel\",\"vocab\":{\"a\":0},\"unk_token\":\"[UNK]\"}",
          "added_tokens=[{\"id\":-1,\"content\":\"x\"}]",
          "added_tokens=[{\"content\":\"x\"}]",
          "added_tokens={}",
          "added_tokens=[3]",
          "truncation=3",
          "padding=\"yes\"",
          "version=\"9.9\"");

  /** Constructs that the native library takes for ever over, or that cost it the process. */
  private static final List<String> DANGEROUS =
      List.of(
          "pre_tokenizer={\"type\":\"Split\",\"pattern\":{\"Regex\":\"(a|aa|.)+$^\"},\"behavior\":\"Isolated\",\"invert\":false}",
          "pre_tokenizer={\"type\":\"Split\",\"pattern\":{\"Regex\":\"((.*)*)*!!\"},\"behavior\":\"Isolated\",\"invert\":false}",
          "normalizer={\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(.+)+Z\"},\"content\":\"x\"}",
          "normalizer={\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(?=a)*\"},\"content\":\"x\"}",
          "normalizer={\"type\":\"Replace\",\"pattern\":{\"Regex\":\"\\\\b\"},\"content\":\"x\"}",
          "normalizer={\"type\":\"Prepend\",\"prepend\":\"\"}",
          "pre_tokenizer={\"type\":\"Split\",\"pattern\":{\"String\":\"\"},\"behavior\":\"Removed\",\"invert\":true}",
          "pre_tokenizer={\"type\":\"Split\",\"pattern\":{\"Regex\":\"\"},\"behavior\":\"Isolated\",\"invert\":false}",
          "pre_tokenizer={\"type\":\"Metaspace\",\"replacement\":\"\",\"prepend_scheme\":\"always\"}",
          "pre_tokenizer={\"type\":\"FixedLength\",\"length\":0}",
          "decoder={\"type\":\"Strip\",\"content\":\"x\",\"start\":99999,\"stop\":99999}",
          "decoder={\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"x\"}",
          "truncation={\"max_length\":0,\"strategy\":\"LongestFirst\",\"stride\":5,\"direction\":\"Right\"}",
          "truncation={\"max_length\":4,\"strategy\":\"LongestFirst\",\"stride\":9,\"direction\":\"Right\"}",
          "padding={\"strategy\":{\"Fixed\":4000000000},\"direction\":\"Right\",\"pad_to_multiple_of\":0,\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"x\"}",
          "padding={\"strategy\":\"BatchLongest\",\"direction\":\"Right\",\"pad_to_multiple_of\":0,\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"x\"}");

  private TokenizerMutations() {}

  static Mutant write(Draw draw, Path file) throws IOException {
    String text = ModelMutations.text(file);
    ObjectNode root = (ObjectNode) JSON.readTree(text);
    Expected expected = Expected.REFUSED;
    String what;
    String changed = null;
    switch (draw.below(12)) {
      case 0, 1, 2, 3 -> {
        String broken = draw.of(BROKEN);
        set(root, broken);
        what = broken;
        expected = broken.contains("version") ? Expected.REFUSED_OR_SAME : Expected.REFUSED;
        if (broken.contains("x*") || broken.contains("trunc") || broken.contains("padding")) {
          expected = Expected.ANY;
        }
      }
      case 4, 5 -> {
        what = draw.of(DANGEROUS);
        set(root, what);
        expected = Expected.ANY;
      }
      case 6 -> {
        String key =
            draw.of(
                "model",
                "added_tokens",
                "pre_tokenizer",
                "decoder",
                "normalizer",
                "post_processor");
        root.remove(key);
        what = key + " removed";
        expected = key.equals("model") ? Expected.REFUSED : Expected.ANY;
      }
      case 7 -> {
        ObjectNode vocabulary = (ObjectNode) root.get("model").get("vocab");
        String token = draw.of(vocabulary.properties().stream().map(Map.Entry::getKey).toList());
        switch (draw.below(3)) {
          case 0 -> vocabulary.put(token, 5_000_000);
          case 1 -> vocabulary.put(token, -5);
          default -> vocabulary.put(token, "5");
        }
        what = "the id of " + token + " is " + vocabulary.get(token);
      }
      case 8 -> {
        ObjectNode vocabulary = (ObjectNode) root.get("model").get("vocab");
        String token = draw.of(vocabulary.properties().stream().map(Map.Entry::getKey).toList());
        vocabulary.remove(token);
        what = "token " + token + " lost";
        expected = Expected.ANY;
      }
      case 9 -> {
        ArrayNode merges = (ArrayNode) root.get("model").get("merges");
        merges.insert(0, draw.of("", "zzz qqq", "a", "a b c", " "));
        what = "a merge '" + merges.get(0).asText() + "' that cannot be";
      }
      case 10 -> {
        changed =
            draw.of(
                text.substring(0, draw.below(text.length() - 2)),
                "[" + text + "]",
                text + "}",
                "{\"a\":".repeat(100_000));
        what = "not its JSON";
      }
      default -> {
        return ModelMutations.flipped(draw, file, text.length());
      }
    }
    Files.writeString(file, changed == null ? root.toString() : changed);
    return new Mutant("tokenizer.json: " + what, expected, PLACE);
  }

  private static void set(ObjectNode root, String assignment) throws IOException {
    int at = assignment.indexOf('=');
    JsonNode value = JSON.readTree(assignment.substring(at + 1));
    root.set(assignment.substring(0, at), value);
  }
}
