package org.trimtab.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.model.family.Families;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.family.TensorNames;
import org.trimtab.model.kernel.Devices;
import org.trimtab.model.kernel.Packing;
import org.trimtab.model.weights.GgufFile;
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
    try (WeightFile file = WeightFiles.open(path)) {
      return Families.ofGguf(gguf(file, path));
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
    try (WeightFile file = WeightFiles.open(path)) {
      boolean hub = Files.isDirectory(path);
      ModelConfig config =
          hub ? Families.ofHub(path.resolve("config.json")) : Families.ofGguf(gguf(file, path));
      TensorNames names =
          hub
              ? TensorNames.hub(config.family(), file.names(), path.toString())
              : TensorNames.gguf(config.family());
      @Nullable Packing packing = Packing.of(manager).orElse(null);
      ModelWeights weights = WeightLoader.load(manager, file, config, names, type, packing);
      return new Decoder(manager, config, weights, type, packing);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
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
