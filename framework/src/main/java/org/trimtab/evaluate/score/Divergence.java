package org.trimtab.evaluate.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.trimtab.model.Decoder;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;

/** Finds where numbers stop being finite, by running sequences again and checking every block. */
public final class Divergence {
  private final Decoder decoder;

  Divergence(Decoder decoder) {
    this.decoder = decoder;
  }

  /**
   * The first place in an item's sequence.
   *
   * @param item the item's id
   * @param sequence one sequence without a past
   */
  public static DivergedException locate(
      Decoder decoder, int item, Segment sequence, Intervention intervention) {
    int[] place = new int[] {decoder.config().layers(), 0, item};
    new Divergence(decoder).find(item, sequence, intervention, place);
    return new DivergedException(place[0], place[1], place[2]);
  }

  /** The first place in the first of some sequences that has one. */
  DivergedException locate(List<TokenTree> paths, Intervention intervention) {
    int layers = decoder.config().layers();
    int[] place = new int[] {layers, 0, paths.get(0).item()};
    for (TokenTree path : paths) {
      if (find(path.item(), path.segment(null), intervention, place)) {
        break;
      }
    }
    return new DivergedException(place[0], place[1], place[2]);
  }

  private boolean find(int item, Segment segment, Intervention intervention, int[] place) {
    int layers = decoder.config().layers();
    int[] found = new int[] {-1, -1};
    try (NDManager scratch = decoder.manager().newSubManager();
        Pass pass = decoder.pass(scratch, List.of(segment), intervention)) {
      NDArray embedded = decoder.embed(scratch, pass);
      NDArray output =
          decoder.blocks(
              scratch,
              pass,
              embedded,
              0,
              layers,
              (layer, hidden) -> {
                int row = firstNonFiniteRow(hidden, segment.length());
                if (found[0] < 0 && row >= 0) {
                  found[0] = layer;
                  found[1] = row;
                }
              });
      if (found[0] < 0) {
        NDArray logits = decoder.logits(intervention, decoder.finish(pass, output));
        found[0] = layers;
        found[1] = firstNonFiniteRow(logits, segment.length());
      }
    }
    if (found[1] < 0) {
      return false;
    }
    place[0] = found[0];
    place[1] = found[1];
    place[2] = item;
    return true;
  }

  private static int firstNonFiniteRow(NDArray array, int rows) {
    float[] values = array.toFloatArray();
    int width = values.length / rows;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i / width;
      }
    }
    return -1;
  }
}
