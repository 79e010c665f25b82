package org.trimtab.model;

import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.kernel.Packing;

/** Blocks as they were before they were packed, each unpacked when it is first asked for. */
final class UnpackedBlocks extends AbstractList<BlockWeights> {
  private final List<BlockWeights> packed;
  private final Packing packing;
  private final @Nullable BlockWeights[] known;

  UnpackedBlocks(List<BlockWeights> packed, Packing packing) {
    this.packed = packed;
    this.packing = packing;
    this.known = new BlockWeights[packed.size()];
  }

  @Override
  public BlockWeights get(int layer) {
    BlockWeights block = known[layer];
    if (block == null) {
      block = packed.get(layer).unpacked(packing);
      known[layer] = block;
    }
    return block;
  }

  @Override
  public int size() {
    return packed.size();
  }
}
