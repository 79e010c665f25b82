package org.trimtab.mutation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.testing.TinyModel;

/** Small models, whole: the embedded one and those of the tests, as files by name. */
final class ModelBases {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VOCABULARY = 160;

  /**
   * A model.
   *
   * @param files contents by name; one of them, model.gguf, for a GGUF file
   */
  record Base(String name, Map<String, byte[]> files) {
    boolean gguf() {
      return files.containsKey("model.gguf");
    }

    void write(Path folder) throws IOException {
      Files.createDirectories(folder);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    }
  }

  private ModelBases() {}

  static List<Base> all(Path scratch) throws IOException {
    List<Base> bases = new ArrayList<>();
    bases.add(hub("world", "/org/trimtab/world/model/", null, "tokenizer_config.json"));
    bases.add(hub("llama", "/field-reports/eos-in-config/", null, "tokenizer_config.json"));
    for (String family : List.of("mistral", "qwen2", "qwen3", "gemma2", "gemma3", "phi3")) {
      bases.add(hub(family, "/fixtures/parity/" + family + "/", tokenizer()));
    }
    Map<String, byte[]> tiny = new LinkedHashMap<>();
    TinyModel.write(scratch);
    for (String name :
        List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors")) {
      tiny.put(name, Files.readAllBytes(scratch.resolve(name)));
    }
    bases.add(new Base("tiny", tiny));
    for (String name :
        List.of("llama", "llama3-rope", "qwen2", "qwen3", "gemma2-as-gguf", "gemma3-as-gguf")) {
      GgufParts parts = GgufParts.of(resource("/fixtures/gguf/" + name + ".gguf"));
      parts.set("tokenizer.ggml.tokens", GgufParts.ARRAY, GgufParts.texts(tokens()));
      parts.set("tokenizer.ggml.merges", GgufParts.ARRAY, GgufParts.texts(List.of("t h")));
      bases.add(new Base(name + ".gguf", Map.of("model.gguf", parts.bytes())));
    }
    return bases;
  }

  private static Base hub(String name, String folder, byte @Nullable [] tokenizer, String... more)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("config.json", resource(folder + "config.json"));
    files.put("model.safetensors", resource(folder + "model.safetensors"));
    files.put(
        "tokenizer.json", tokenizer == null ? resource(folder + "tokenizer.json") : tokenizer);
    for (String other : more) {
      files.put(other, resource(folder + other));
    }
    return new Base(name, files);
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in = ModelBases.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return in.readAllBytes();
    }
  }

  /** Three special tokens, the printable characters of ASCII, and others that no text has. */
  private static List<String> tokens() {
    List<String> tokens =
        new ArrayList<>(List.of("<unk>", "<s>", "</s>", "\u0120", "\u010a", "th"));
    for (char c = '!'; c <= '~'; c++) {
      tokens.add(String.valueOf(c));
    }
    while (tokens.size() < VOCABULARY) {
      tokens.add("<other" + tokens.size() + ">");
    }
    return tokens;
  }

  private static byte[] tokenizer() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int i = 0; i < 3; i++) {
      added
          .addObject()
          .put("id", i)
          .put("content", tokens().get(i))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    root.putNull("normalizer");
    for (String part : List.of("pre_tokenizer", "decoder")) {
      root.putObject(part)
          .put("type", "ByteLevel")
          .put("add_prefix_space", false)
          .put("trim_offsets", true)
          .put("use_regex", true);
    }
    root.putNull("post_processor");
    ObjectNode model =
        root.putObject("model").put("type", "BPE").put("unk_token", "<unk>").put("fuse_unk", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (String token : tokens()) {
      vocabulary.put(token, vocabulary.size());
    }
    model.putArray("merges").add("t h");
    return JSON.writeValueAsBytes(root);
  }
}
