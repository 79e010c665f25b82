package org.trimtab.model.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** Tensor functions of the engine that NDArray does not offer. */
public final class Tensors {
  private Tensors() {}

  /**
   * x W^T.
   *
   * @param x [N, in]
   * @param weight [out, in]
   * @return [N, out], in the manager of {@code x}
   */
  public static NDArray linear(NDArray x, NDArray weight) {
    return JniUtils.linear((PtNDArray) x, (PtNDArray) weight, null);
  }
}
