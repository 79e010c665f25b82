package org.trimtab.model.tokenize;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.Json;
import org.trimtab.model.weights.GgufMetadata;

/** The front door to tokenizers. */
public final class Tokenizers {
  private static final String LIBRARY = "/native/lib/tokenizers.properties";

  private Tokenizers() {}

  /** The versions of the tokenizers library and of its binding: 0.21.0-0.35.1. */
  public static String libraryVersion() {
    Properties properties = new Properties();
    try (@Nullable InputStream in = HuggingFaceTokenizer.class.getResourceAsStream(LIBRARY)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "(not named)");
  }

  /**
   * The tokenizer of a hub folder. {@code tokenizer.json} alone determines the ids, as in
   * transformers; {@code tokenizer_config.json} and {@code special_tokens_map.json} name the
   * special tokens, {@code chat_template.jinja} or {@code tokenizer_config.json} give the chat
   * template, {@code generation_config.json} the ids that end generation.
   *
   * @throws UserException when tokenizer.json is missing or any of these files is invalid
   */
  public static Tokenizer ofFolder(Path folder) {
    TokenizerDefinition definition = new HubFolder(folder).definition();
    TokenizerTrial.check(definition);
    return new NativeTokenizer(definition);
  }

  /**
   * The tokenizer inside a GGUF file: byte-level BPE ({@code tokenizer.ggml.model} = gpt2) with a
   * known pre-tokenizer, or SentencePiece BPE (llama).
   *
   * @throws UserException when the vocabulary is incomplete or contradictory, or its kind is
   *     unknown; the message lists the known ones
   */
  public static Tokenizer ofGguf(GgufMetadata metadata) {
    return new NativeTokenizer(GgufTokenizer.definition(metadata));
  }

  /**
   * Writes the tokenizer inside a GGUF file as a hub folder has it: tokenizer.json, which alone
   * determines the ids, tokenizer_config.json with special tokens and chat template, and
   * generation_config.json with the ids that end generation.
   *
   * @throws UserException when the vocabulary is wrong
   * @throws IOException when a file cannot be written
   */
  public static void write(GgufMetadata metadata, Path folder) throws IOException {
    TokenizerDefinition definition = GgufTokenizer.definition(metadata);
    AtomicFile.write(folder.resolve(HubFolder.TOKENIZER), definition.canonicalJson());
    ObjectNode config = Json.object();
    config.put("tokenizer_class", "PreTrainedTokenizerFast");
    config.put("clean_up_tokenization_spaces", false);
    new TreeMap<>(definition.specialTokens()).forEach(config::put);
    definition.chatTemplate().ifPresent(template -> config.put("chat_template", template));
    AtomicFile.write(folder.resolve(HubFolder.CONFIG), Json.pretty(config));
    ObjectNode generation = Json.object();
    Set<Integer> ends = new TreeSet<>(definition.ends());
    try (NativeTokenizer tokenizer = new NativeTokenizer(definition)) {
      ends.addAll(tokenizer.ends());
      tokenizer.bos().ifPresent(id -> generation.put("bos_token_id", id));
    }
    ends.forEach(generation.putArray("eos_token_id")::add);
    AtomicFile.write(folder.resolve(HubFolder.GENERATION), Json.pretty(generation));
  }
}
