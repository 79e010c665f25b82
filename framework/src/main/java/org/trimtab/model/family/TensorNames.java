package org.trimtab.model.family;

import java.util.Collection;
import org.trimtab.UserException;

/**
 * The names of a family's tensors in a file, and how its layout differs from the decoder's.
 *
 * @param gguf whether the file is GGUF rather than from a hub folder
 * @param prefix before all names but that of the unembedding
 * @param headPrefix before the name of the unembedding
 */
public record TensorNames(Family family, boolean gguf, String prefix, String headPrefix) {
  private static final String MULTIMODAL = "language_model.";

  /** The names in GGUF files, as llama.cpp's converter writes them. */
  public static TensorNames gguf(Family family) {
    return new TensorNames(family, true, "", "");
  }

  /** The names for writing a hub folder. */
  public static TensorNames hub(Family family) {
    return new TensorNames(family, false, family.hubPrefixes().get(0), "");
  }

  /**
   * The names in a hub folder.
   *
   * @param names of all its tensors
   * @param folder for messages
   * @throws UserException when there is no embedding
   */
  public static TensorNames hub(Family family, Collection<String> names, String folder) {
    for (String prefix : family.hubPrefixes()) {
      TensorNames own = new TensorNames(family, false, prefix, "");
      if (names.contains(own.weight(Tensor.EMBEDDING))) {
        TensorNames inner = new TensorNames(family, false, prefix, MULTIMODAL);
        return names.contains(inner.weight(Tensor.UNEMBEDDING)) ? inner : own;
      }
    }
    String first = hub(family).weight(Tensor.EMBEDDING);
    throw new UserException(folder + ": no tensor '" + first + "' among the weights");
  }

  /** The weight of a tensor that occurs once. */
  public String weight(Tensor tensor) {
    return weight(tensor, 0);
  }

  /** The weight of a layer's tensor. */
  public String weight(Tensor tensor, int layer) {
    return name(tensor, layer) + ".weight";
  }

  /** The bias of a layer's tensor. */
  public String bias(Tensor tensor, int layer) {
    return name(tensor, layer) + ".bias";
  }

  private String name(Tensor tensor, int layer) {
    String name =
        gguf
            ? family.ggufNames().getOrDefault(tensor, tensor.gguf())
            : family.hubNames().getOrDefault(tensor, tensor.hub());
    return (tensor == Tensor.UNEMBEDDING ? headPrefix : prefix)
        + name.replace("#", Integer.toString(layer));
  }

  /** Whether q, k and v are one tensor, and likewise gate and up. */
  public boolean fused() {
    return family.fused();
  }

  /** Whether a bias that is not in the file is 0: llama.cpp takes every one of them as optional. */
  public boolean absentBiasIsZero() {
    return gguf;
  }

  /** The offset to add to norm weights. */
  public float normOffset() {
    return gguf ? 0 : family.normOffset();
  }

  /** The order of q and k rows. */
  public RowOrder rotaryOrder(int headSize) {
    return gguf ? family.ggufRotaryOrder(headSize) : RowOrder.SAME;
  }

  /** The position in a file of row r of the decoder's matrix. */
  public interface RowOrder {
    /** As in the decoder. */
    RowOrder SAME = row -> row;

    /** The row in the file. */
    long source(long row);
  }
}
