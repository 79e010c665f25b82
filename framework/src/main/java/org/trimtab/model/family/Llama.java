package org.trimtab.model.family;

import org.trimtab.model.family.ModelConfig.Mlp;
import org.trimtab.model.family.TensorNames.RowOrder;

/** Llama 1 to 3, and the many models with the same architecture (SmolLM, TinyLlama). */
final class Llama extends Family {
  Llama() {
    super("llama");
  }

  @Override
  public boolean mlpBiasSwitch() {
    return true;
  }

  @Override
  Mlp mlp(HubConfig file) {
    return super.mlp(file).withBias(file.truth("mlp_bias", false));
  }

  /**
   * The converter interleaves the two rotary halves of a head's rows: row 2 i + j of a head in the
   * file is row j d/2 + i of the hub's layout.
   */
  @Override
  RowOrder ggufRotaryOrder(int headSize) {
    int half = headSize / 2;
    return row -> {
      long inHead = row % headSize;
      return row - inHead + 2 * (inHead % half) + inHead / half;
    };
  }
}
