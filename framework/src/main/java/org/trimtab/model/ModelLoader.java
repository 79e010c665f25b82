package org.trimtab.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.model.family.Families;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.family.Quantisation;
import org.trimtab.model.family.Tensor;
import org.trimtab.model.family.TensorNames;
import org.trimtab.model.kernel.Devices;
import org.trimtab.model.kernel.Packing;
import org.trimtab.model.weights.GgufFile;
import org.trimtab.model.weights.MappedWeights;
import org.trimtab.model.weights.ScaledWeights;
import org.trimtab.model.weights.WeightFile;
import org.trimtab.model.weights.WeightFiles;

/** Opens a model's files and puts its weights on a device. */
public final class ModelLoader {
  private ModelLoader() {}

  /**
   * The architecture alone, without reading the weights.
   *
   * @param path a hub folder or a .gguf file
   */
  public static ModelConfig config(Path path) {
    if (Files.isDirectory(path)) {
      return Families.ofHub(path.resolve("config.json"));
    }
    try (MappedWeights file = WeightFiles.open(path)) {
      return Families.ofGguf(gguf(file, path));
    }
  }

  /**
   * Checks a model's files against each other without loading them.
   *
   * @param path a hub folder or a .gguf file
   * @return what is unusual in them, and what is done about it, one line each
   * @throws UserException when a tensor is missing, unknown, of another shape or not understood
   */
  public static List<String> check(Path path) {
    try (Opened opened = Opened.of(path)) {
      return opened.ownHead()
          ? List.of(
              ("%s: tie_word_embeddings is true, but '%s' differs from the embedding; it is used,"
                      + " as in transformers 5")
                  .formatted(path, opened.names().weight(Tensor.UNEMBEDDING)))
          : List.of();
    }
  }

  /**
   * Loads a decoder.
   *
   * @param path a hub folder or a .gguf file
   * @param device where to compute
   * @param type FLOAT32, or FLOAT16 on a GPU
   */
  public static Decoder load(Path path, Device device, DataType type) {
    if (type == DataType.FLOAT16 && !device.isGpu()) {
      throw new UserException("precision float16 needs a GPU; use precision: float32 on the CPU");
    }
    Devices.engine();
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try (Opened opened = Opened.of(path)) {
      ModelConfig config = opened.config();
      @Nullable Packing packing = Packing.of(manager).orElse(null);
      ModelWeights weights =
          WeightLoader.load(manager, opened.weights(), config, opened.names(), type, packing);
      return new Decoder(manager, config, weights, type, packing);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  /**
   * The files of a model, which fit together.
   *
   * @param ownHead whether the head is that of the file although the configuration ties it to the
   *     embedding
   */
  private record Opened(
      ModelConfig config, TensorNames names, ScaledWeights weights, boolean ownHead)
      implements AutoCloseable {
    static Opened of(Path path) {
      boolean hub = Files.isDirectory(path);
      // The configuration first: it says what the weights mean, and refuses what nobody can read.
      @Nullable ModelConfig described = hub ? ModelLoader.config(path) : null;
      Quantisation blocks =
          hub ? Families.quantisation(path.resolve("config.json")) : Quantisation.NONE;
      MappedWeights file = WeightFiles.open(path);
      try {
        ModelConfig config = described == null ? Families.ofGguf(gguf(file, path)) : described;
        TensorNames names =
            hub
                ? TensorNames.hub(config.family(), file.names(), path.toString())
                : TensorNames.gguf(config.family());
        ScaledWeights weights = new ScaledWeights(file, blocks.rows(), blocks.columns());
        boolean ownHead =
            hub
                && config.embedding().tied()
                && file.names().contains(names.weight(Tensor.UNEMBEDDING))
                && !weights.equal(names.weight(Tensor.UNEMBEDDING), names.weight(Tensor.EMBEDDING));
        ModelConfig used = ownHead ? config.untied() : config;
        new TensorInventory(weights, used, names).check();
        return new Opened(used, names, weights, ownHead);
      } catch (RuntimeException | Error e) {
        file.close();
        throw e;
      }
    }

    @Override
    public void close() {
      weights.close();
    }
  }

  private static GgufFile gguf(WeightFile file, Path path) {
    if (file instanceof GgufFile gguf) {
      return gguf;
    }
    throw new UserException(
        path + ": a model is a hub folder (config.json and weights) or a .gguf file");
  }
}
