package org.trimtab.model.kernel;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;
import org.trimtab.UserException;
import org.trimtab.io.NativeLibrary;

/** Selects the device, and configures the engine as scores require. */
public final class Devices {
  private Devices() {}

  /**
   * Starts the engine and resolves a device's name.
   *
   * @param name auto (the first GPU if there is one, otherwise the CPU), cpu, gpu, or gpu:N
   * @throws UserException when a GPU is requested and the engine sees none; there is no fallback
   */
  public static Device resolve(String name) {
    int gpus = engine().getGpuCount();
    if (name.equals("cpu") || (name.equals("auto") && gpus == 0)) {
      return Device.cpu();
    }
    if (name.equals("auto") || name.equals("gpu")) {
      return gpu(0, gpus, name);
    }
    if (name.matches("gpu:\\d{1,3}")) {
      return gpu(Integer.parseInt(name.substring(4)), gpus, name);
    }
    throw new UserException("device '" + name + "' is not known; use auto, cpu, gpu or gpu:1");
  }

  private static Device gpu(int index, int gpus, String name) {
    if (index >= gpus) {
      throw new UserException(
          "device '%s': the engine sees %d GPUs. Set PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR to a CUDA build of libtorch 2.7.1 (docs/gpu.md), or use device: cpu"
              .formatted(name, gpus));
    }
    return Device.gpu(index);
  }

  /** The engine, set so that results do not depend on how often a function ran before. */
  public static Engine engine() {
    NativeLibrary.PYTORCH.requireNamedFolder();
    Engine engine;
    try {
      engine = Engine.getEngine("PyTorch");
    } catch (RuntimeException | LinkageError e) {
      throw NativeLibrary.PYTORCH.failure(e);
    }
    // The optimising executor would change kernels, and so rounding, after the first runs.
    JniUtils.setGraphExecutorOptimize(false);
    return engine;
  }

  /**
   * Computes something on one CPU thread, so that its bits do not depend on the number of cores.
   * The limit holds for the whole process meanwhile.
   */
  public static <T> T onOneThread(Supplier<T> work) {
    engine();
    int threads = JniUtils.getNumThreads();
    JniUtils.setNumThreads(1);
    try {
      return work.get();
    } finally {
      JniUtils.setNumThreads(threads);
    }
  }
}
