package org.trimtab.model.family;

/** The tensors of a model, with the names in most families; # is the layer. */
public enum Tensor {
  EMBEDDING("embed_tokens", "token_embd"),
  UNEMBEDDING("lm_head", "output"),
  FINAL_NORM("norm", "output_norm"),
  INPUT_NORM("layers.#.input_layernorm", "blk.#.attn_norm"),
  QUERY("layers.#.self_attn.q_proj", "blk.#.attn_q"),
  KEY("layers.#.self_attn.k_proj", "blk.#.attn_k"),
  VALUE("layers.#.self_attn.v_proj", "blk.#.attn_v"),
  /** Query, key and value in one. */
  QKV("layers.#.self_attn.qkv_proj", "blk.#.attn_qkv"),
  QUERY_NORM("layers.#.self_attn.q_norm", "blk.#.attn_q_norm"),
  KEY_NORM("layers.#.self_attn.k_norm", "blk.#.attn_k_norm"),
  /** o_proj. */
  OUTPUT("layers.#.self_attn.o_proj", "blk.#.attn_output"),
  /** The norm of the attention's output, before it is added to the residual stream. */
  AFTER_ATTENTION_NORM("layers.#.post_attention_layernorm", "blk.#.post_attention_norm"),
  /** The norm of the MLP's input, which Llama names after the attention before it. */
  MLP_NORM("layers.#.post_attention_layernorm", "blk.#.ffn_norm"),
  GATE("layers.#.mlp.gate_proj", "blk.#.ffn_gate"),
  UP("layers.#.mlp.up_proj", "blk.#.ffn_up"),
  /** Gate and up in one. */
  GATE_UP("layers.#.mlp.gate_up_proj", "blk.#.ffn_up"),
  DOWN("layers.#.mlp.down_proj", "blk.#.ffn_down"),
  /** The norm of the MLP's output, before it is added to the residual stream. */
  AFTER_MLP_NORM("layers.#.post_feedforward_layernorm", "blk.#.post_ffw_norm");

  private final String hub;
  private final String gguf;

  Tensor(String hub, String gguf) {
    this.hub = hub;
    this.gguf = gguf;
  }

  String hub() {
    return hub;
  }

  String gguf() {
    return gguf;
  }
}
