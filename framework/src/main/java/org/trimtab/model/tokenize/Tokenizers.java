package org.trimtab.model.tokenize;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
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
}
