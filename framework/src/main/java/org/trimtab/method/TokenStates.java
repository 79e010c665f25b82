package org.trimtab.method;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.model.Decoder;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;

/**
 * Final hidden states of the unmodified model, after the final norm, at every token of texts. The
 * texts of one item are computed in a separate pass, and kept.
 */
public final class TokenStates {
  private final Decoder decoder;
  private final FitMeter meter;
  private final Map<List<IntBuffer>, float[]> computed = new HashMap<>();

  /** Starts without any. */
  public TokenStates(Decoder decoder) {
    this(decoder, new FitMeter(decoder));
  }

  /** The same for fits that are measured. */
  TokenStates(Decoder decoder, FitMeter meter) {
    this.decoder = decoder;
    this.meter = meter;
  }

  /**
   * The states of an item's texts.
   *
   * @param sequences token ids of the texts; none is empty
   * @return [n, D] in fp32, for the n tokens of their {@link Segment#tree}; not to be changed
   */
  public float[] of(List<int[]> sequences) {
    return meter.kept(
        computed, sequences.stream().map(IntBuffer::wrap).toList(), () -> compute(sequences));
  }

  private float[] compute(List<int[]> sequences) {
    Segment segment = Segment.tree(sequences).segment();
    try (NDManager scratch = decoder.manager().newSubManager();
        Pass pass = decoder.pass(scratch, List.of(segment), Intervention.NONE)) {
      return decoder.run(scratch, pass).toType(DataType.FLOAT32, false).toFloatArray();
    }
  }
}
