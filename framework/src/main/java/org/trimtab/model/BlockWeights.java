package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.kernel.Packing;

/**
 * The weights of one block. Tensors that the family lacks are null.
 *
 * @param inputNorm [D]
 * @param qkv q, k and v projections stacked, [(H + 2 Hkv) d, D]
 * @param qkvBias [(H + 2 Hkv) d]
 * @param queryNorm [d]
 * @param keyNorm [d]
 * @param output o_proj, [D, A], never packed, since interventions change it
 * @param packedOutput the same packed; null if nothing is packed
 * @param outputBias [D]
 * @param afterAttentionNorm gemma's norm of the attention output, [D]
 * @param mlpNorm [D]
 * @param gateUp gate and up projections stacked, [2 F, D]
 * @param gateUpBias [2 F]
 * @param down [D, F]
 * @param downBias [D]
 * @param afterMlpNorm gemma's norm of the MLP's output, [D]
 */
public record BlockWeights(
    NDArray inputNorm,
    NDArray qkv,
    @Nullable NDArray qkvBias,
    @Nullable NDArray queryNorm,
    @Nullable NDArray keyNorm,
    NDArray output,
    @Nullable NDArray packedOutput,
    @Nullable NDArray outputBias,
    @Nullable NDArray afterAttentionNorm,
    NDArray mlpNorm,
    NDArray gateUp,
    @Nullable NDArray gateUpBias,
    NDArray down,
    @Nullable NDArray downBias,
    @Nullable NDArray afterMlpNorm) {

  /** The same with packed linear maps; the plain weights except o_proj are freed. */
  BlockWeights packed(Packing packing) {
    return withLinear(packing::replace, packing.pack(output));
  }

  /** The same with unpacked weights. */
  BlockWeights unpacked(Packing packing) {
    return withLinear(packing::unpack, null);
  }

  private BlockWeights withLinear(UnaryOperator<NDArray> change, @Nullable NDArray changedOutput) {
    return new BlockWeights(
        inputNorm,
        change.apply(qkv),
        qkvBias,
        queryNorm,
        keyNorm,
        output,
        changedOutput,
        outputBias,
        afterAttentionNorm,
        mlpNorm,
        change.apply(gateUp),
        gateUpBias,
        change.apply(down),
        downBias,
        afterMlpNorm);
  }

  /** The tensors that the family has, by name. */
  Map<String, NDArray> named() {
    Map<String, NDArray> named = new LinkedHashMap<>();
    put(named, "input_norm", inputNorm);
    put(named, "qkv", qkv);
    put(named, "qkv_bias", qkvBias);
    put(named, "query_norm", queryNorm);
    put(named, "key_norm", keyNorm);
    put(named, "output", output);
    put(named, "output_bias", outputBias);
    put(named, "after_attention_norm", afterAttentionNorm);
    put(named, "mlp_norm", mlpNorm);
    put(named, "gate_up", gateUp);
    put(named, "gate_up_bias", gateUpBias);
    put(named, "down", down);
    put(named, "down_bias", downBias);
    put(named, "after_mlp_norm", afterMlpNorm);
    return named;
  }

  private static void put(Map<String, NDArray> named, String name, @Nullable NDArray tensor) {
    if (tensor != null) {
      named.put(name, tensor);
    }
  }
}
