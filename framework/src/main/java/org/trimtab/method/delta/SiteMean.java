package org.trimtab.method.delta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.trimtab.model.Decoder;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.model.intervene.Rows;

/** Sums the activations of a site at the last position of prompts, in fp64. Changes nothing. */
final class SiteMean implements Intervention {
  private final DeltaSite site;
  private final double[] sum;
  private int count;

  private SiteMean(DeltaSite site) {
    this.site = site;
    sum = new double[site.width()];
  }

  /**
   * The mean over some prompts, each run alone.
   *
   * @param prompts token ids, none empty
   * @return [A] at the o_proj input, [D] at the block output
   */
  static double[] over(DeltaSite site, List<int[]> prompts) {
    SiteMean mean = new SiteMean(site);
    Decoder decoder = site.decoder();
    for (int[] prompt : prompts) {
      try (NDManager scratch = decoder.manager().newSubManager();
          Pass pass = decoder.pass(scratch, List.of(Segment.of(prompt)), mean)) {
        decoder.blocks(scratch, pass, decoder.embed(scratch, pass), 0, site.layer() + 1, null);
      }
    }
    for (int i = 0; i < mean.sum.length; i++) {
      mean.sum[i] /= mean.count;
    }
    return mean.sum;
  }

  @Override
  public int lowestLayer() {
    return site.layer();
  }

  @Override
  public NDArray oProjInput(int layer, NDArray z, Rows rows) {
    return site.site() == PromptEndDelta.Site.O_PROJ_INPUT ? read(layer, z) : z;
  }

  @Override
  public NDArray blockOutput(int layer, NDArray hidden, Rows rows) {
    return site.site() == PromptEndDelta.Site.BLOCK_OUTPUT ? read(layer, hidden) : hidden;
  }

  private NDArray read(int layer, NDArray x) {
    if (layer == site.layer()) {
      try (NDArray last = x.get(new NDIndex("{}", x.getShape().get(0) - 1))) {
        float[] values = last.toType(DataType.FLOAT32, false).toFloatArray();
        for (int i = 0; i < values.length; i++) {
          sum[i] += values[i];
        }
        count++;
      }
    }
    return x;
  }
}
