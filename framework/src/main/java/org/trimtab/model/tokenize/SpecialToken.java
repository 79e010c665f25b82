package org.trimtab.model.tokenize;

/** Named special tokens. */
enum SpecialToken {
  /** Beginning of a sequence. */
  BOS("bos_token", "tokenizer.ggml.bos_token_id"),
  /** End of a sequence. */
  EOS("eos_token", "tokenizer.ggml.eos_token_id"),
  /** Replaces characters that have no token. */
  UNKNOWN("unk_token", "tokenizer.ggml.unknown_token_id"),
  /** Pads the shorter sequences of a batch. */
  PADDING("pad_token", "tokenizer.ggml.padding_token_id");

  private final String key;
  private final String ggufKey;

  SpecialToken(String key, String ggufKey) {
    this.key = key;
    this.ggufKey = ggufKey;
  }

  /** Its name in the hub's files and in chat templates. */
  String key() {
    return key;
  }

  /** The key of its id in a GGUF file. */
  String ggufKey() {
    return ggufKey;
  }
}
