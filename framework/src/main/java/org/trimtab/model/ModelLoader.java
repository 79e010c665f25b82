package org.trimtab.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
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
      return HubConfig.read(path.resolve("config.json"));
    }
    try (WeightFile file = WeightFiles.open(path)) {
      return ggufConfig(gguf(file, path));
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
          hub ? HubConfig.read(path.resolve("config.json")) : ggufConfig(gguf(file, path));
      WeightNames names = hub ? hubNames(file, config, path) : new GgufNames();
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

  private static ModelConfig ggufConfig(GgufFile file) {
    float @Nullable [] ropeFactors =
        file.names().contains("rope_freqs.weight") ? file.floats("rope_freqs.weight") : null;
    long vocabulary = file.info("token_embd.weight").shape().get(0);
    return GgufConfig.read(
        file.metadata(),
        !file.names().contains("output.weight"),
        Math.toIntExact(vocabulary),
        file.names().contains("blk.0.attn_q.bias"),
        ropeFactors);
  }

  private static HubNames hubNames(WeightFile file, ModelConfig config, Path path) {
    for (String prefix :
        new String[] {"model.", "language_model.model.", "model.language_model.", ""}) {
      if (file.names().contains(prefix + "embed_tokens.weight")) {
        String head =
            file.names().contains("language_model.lm_head.weight")
                ? "language_model.lm_head.weight"
                : "lm_head.weight";
        return new HubNames(prefix, head, config.family().equals("phi3"));
      }
    }
    throw new UserException(path + ": no tensor 'model.embed_tokens.weight' among the weights");
  }
}
