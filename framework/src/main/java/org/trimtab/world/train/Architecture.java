package org.trimtab.world.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.trimtab.io.Json;
import org.trimtab.model.weights.SafetensorsWriter;
import org.trimtab.plan.random.CounterRandom;

/**
 * The sizes of a small Llama.
 *
 * @param layers blocks
 * @param hidden D
 * @param heads query heads; D is a multiple
 * @param kvHeads key-value heads
 * @param mlp inner size of the MLP
 * @param vocabulary V; embedding and unembedding are one matrix
 */
record Architecture(int layers, int hidden, int heads, int kvHeads, int mlp, int vocabulary) {
  private static final double STANDARD_DEVIATION = 0.05;
  private static final int POSITIONS = 1024;

  /** The world's model. */
  static Architecture world(int vocabulary) {
    return new Architecture(4, 128, 4, 4, 352, vocabulary);
  }

  private int headSize() {
    return hidden / heads;
  }

  /** The text of config.json. */
  String config() {
    ObjectNode config = Json.object();
    config.putArray("architectures").add("LlamaForCausalLM");
    config.put("model_type", "llama").put("hidden_size", hidden);
    config.put("intermediate_size", mlp).put("num_hidden_layers", layers);
    config.put("num_attention_heads", heads).put("num_key_value_heads", kvHeads);
    config.put("head_dim", headSize()).put("vocab_size", vocabulary);
    config.put("hidden_act", "silu").put("rms_norm_eps", 1e-5).put("rope_theta", 10000.0);
    config.put("max_position_embeddings", POSITIONS).put("tie_word_embeddings", true);
    config.put("attention_bias", false).put("mlp_bias", false);
    config.put("bos_token_id", 0).put("eos_token_id", 1).put("torch_dtype", "float16");
    return Json.pretty(config);
  }

  /**
   * Writes initial weights: normal numbers of standard deviation 0.05, smaller by the square root
   * of twice the number of layers where a block writes to the residual stream (Radford et al.,
   * "Language Models are Unsupervised Multitask Learners", 2019), norms of 1.
   */
  void writeInitial(Path file, long seed) {
    Initial initial = new Initial(CounterRandom.of(seed, "world-weights"));
    int width = kvHeads * headSize();
    double writing = STANDARD_DEVIATION / Math.sqrt(2.0 * layers);
    initial.matrix("model.embed_tokens.weight", vocabulary, hidden, STANDARD_DEVIATION);
    for (int layer = 0; layer < layers; layer++) {
      String block = "model.layers." + layer + ".";
      String attention = block + "self_attn.";
      initial.ones(block + "input_layernorm.weight", hidden);
      initial.matrix(attention + "q_proj.weight", hidden, hidden, STANDARD_DEVIATION);
      initial.matrix(attention + "k_proj.weight", width, hidden, STANDARD_DEVIATION);
      initial.matrix(attention + "v_proj.weight", width, hidden, STANDARD_DEVIATION);
      initial.matrix(attention + "o_proj.weight", hidden, hidden, writing);
      initial.ones(block + "post_attention_layernorm.weight", hidden);
      initial.matrix(block + "mlp.gate_proj.weight", mlp, hidden, STANDARD_DEVIATION);
      initial.matrix(block + "mlp.up_proj.weight", mlp, hidden, STANDARD_DEVIATION);
      initial.matrix(block + "mlp.down_proj.weight", hidden, mlp, writing);
    }
    initial.ones("model.norm.weight", hidden);
    initial.writer.write(file);
  }

  private static final class Initial {
    private final SafetensorsWriter writer = new SafetensorsWriter();
    private final CounterRandom random;
    private int tensors;

    Initial(CounterRandom random) {
      this.random = random;
    }

    void matrix(String name, int rows, int columns, double deviation) {
      CounterRandom own = random.at(tensors++);
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * own.normal(i));
      }
      writer.floats(name, List.of((long) rows, (long) columns), values);
    }

    void ones(String name, int length) {
      float[] values = new float[length];
      Arrays.fill(values, 1);
      writer.floats(name, List.of((long) length), values);
    }
  }
}
