package org.trimtab.model.weights;

/** Turns stored blocks into fp32 values. */
@FunctionalInterface
interface BlockDecoder {
  /**
   * Decodes consecutive blocks.
   *
   * @param source stored bytes
   * @param from index of the first block's first byte
   * @param target where the values go
   * @param to index of the first value
   * @param blocks how many blocks
   */
  void decode(byte[] source, int from, float[] target, int to, int blocks);
}
