package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import org.trimtab.model.kernel.Tensors;

/**
 * A post-transformer adapter on the final hidden state: h' = h + (sigmoid(h G^T) * (h U^T)) W^T
 * (arXiv 2604.14174), computed in fp32. The caller owns the weights; gradients flow to them.
 *
 * @param layers the model's number of layers
 * @param gate G, [r, D]
 * @param up U, [r, D]
 * @param down W, [D, r]
 */
public record FinalAdapter(int layers, NDArray gate, NDArray up, NDArray down)
    implements Intervention {
  @Override
  public int lowestLayer() {
    return layers;
  }

  @Override
  public NDArray finalHidden(NDArray hidden, Rows rows) {
    NDArray wide = hidden.toType(DataType.FLOAT32, false);
    NDArray open = Activation.sigmoid(Tensors.linear(wide, gate));
    NDArray inner = open.mul(Tensors.linear(wide, up));
    return wide.add(Tensors.linear(inner, down)).toType(hidden.getDataType(), false);
  }
}
