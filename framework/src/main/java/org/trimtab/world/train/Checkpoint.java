package org.trimtab.world.train;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trimtab.UserException;
import org.trimtab.model.kernel.AdamW;
import org.trimtab.model.weights.SafetensorsWriter;
import org.trimtab.model.weights.WeightFile;
import org.trimtab.model.weights.WeightFiles;

/**
 * The complete state of a training in one file; resuming from it gives the same bytes.
 *
 * @param weights the trained tensors by name, in the optimiser's order
 */
record Checkpoint(Path file, Map<String, NDArray> weights, AdamW optimiser) {
  private static final String STEP = "step/";
  private static final String LOSSES = "losses";

  /** Writes the state; the previous checkpoint stays until this one is complete. */
  void write(String settings, float[] losses) {
    SafetensorsWriter writer = new SafetensorsWriter();
    state()
        .forEach(
            (name, tensor) -> {
              List<Long> shape = Arrays.stream(tensor.getShape().getShape()).boxed().toList();
              writer.floats(name, shape, tensor.toFloatArray());
            });
    writer.floats(LOSSES, List.of((long) losses.length), losses);
    // The tensor's name holds the settings of the training: others cannot be resumed.
    writer.longs(STEP + settings, List.of(1L), new long[] {optimiser.steps()});
    writer.write(file);
  }

  /**
   * Restores the state.
   *
   * @return the loss of every step so far; empty when there is no checkpoint
   * @throws UserException when it belongs to a training with other settings
   */
  float[] read(String settings) {
    if (!Files.exists(file)) {
      return new float[0];
    }
    try (WeightFile stored = WeightFiles.open(file)) {
      if (!stored.names().contains(STEP + settings)) {
        throw new UserException(
            file
                + ": belongs to a training with other settings; delete it, or choose another --out");
      }
      state().forEach((name, tensor) -> set(tensor, values(stored, name)));
      float[] losses = values(stored, LOSSES);
      optimiser.resume(losses.length);
      return losses;
    }
  }

  private Map<String, NDArray> state() {
    Map<String, NDArray> state = new TreeMap<>();
    int index = 0;
    for (Map.Entry<String, NDArray> weight : weights.entrySet()) {
      state.put("weight/" + weight.getKey(), weight.getValue());
      state.put("mean/" + weight.getKey(), optimiser.means().get(index));
      state.put("square/" + weight.getKey(), optimiser.squares().get(index));
      index++;
    }
    return state;
  }

  private static float[] values(WeightFile stored, String name) {
    float[] values = new float[Math.toIntExact(stored.info(name).count())];
    stored.read(name, 0, FloatBuffer.wrap(values));
    return values;
  }

  private static void set(NDArray tensor, float[] values) {
    // A view of the same memory, since a trained tensor can't be written; set and copyTo would give
    // the view memory of its own.
    try (NDArray view = tensor.stopGradient();
        NDArray stored = tensor.getManager().create(values, tensor.getShape())) {
      view.subi(view).addi(stored);
    }
  }
}
