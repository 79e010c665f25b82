package org.trimtab.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.Json;
import org.trimtab.method.adapter.Variant;
import org.trimtab.model.Decoder;
import org.trimtab.model.intervene.FinalAdapter;
import org.trimtab.model.intervene.FinalAdapter.Placement;
import org.trimtab.model.intervene.FinalAdapter.Released;
import org.trimtab.model.weights.MappedWeights;
import org.trimtab.model.weights.Safetensors;
import org.trimtab.model.weights.SafetensorsWriter;

/**
 * An adapter on the final hidden state as its own files: its tensors by the names of the released
 * code, and what a program needs to place it.
 *
 * @param variant its form
 * @param hidden D
 * @param tensors in the order of the variant's names, row-major; the factor is in the last one
 * @param placement at which positions it is computed
 * @param released whether it repeats the faults of the released code
 */
record AdapterFile(
    Variant variant, int hidden, List<float[]> tensors, Placement placement, boolean released) {
  static final String WEIGHTS = "adapter.safetensors";
  static final String CONFIG = "config.json";

  /** Copies the list. */
  AdapterFile {
    tensors = List.copyOf(tensors);
  }

  /** The numbers of an adapter. */
  static AdapterFile of(FinalAdapter adapter) {
    Variant variant = adapter.module().gate() == null ? Variant.LINEAR : Variant.GATED;
    List<float[]> tensors = new ArrayList<>();
    for (NDArray tensor : adapter.module().tensors()) {
      tensors.add(tensor.toFloatArray());
    }
    float[] last = tensors.get(tensors.size() - 1);
    for (int i = 0; i < last.length; i++) {
      last[i] = (float) (last[i] * adapter.factor());
    }
    int hidden = Math.toIntExact(adapter.module().read().getShape().get(1));
    return new AdapterFile(
        variant, hidden, tensors, adapter.placement(), adapter.released() != null);
  }

  private int inner() {
    return tensors.get(0).length / hidden;
  }

  /** Writes the files; {@code base} is the name or path of the model that it is for. */
  void write(Path folder, String base) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
    add(writer, "");
    writer.write(folder.resolve(WEIGHTS));
    ObjectNode config = Json.object();
    config
        .put("base_model_name_or_path", base)
        .put("variant", variant.name().toLowerCase(Locale.ROOT))
        .put("inner", inner())
        .put("hidden_size", hidden)
        .put("site", "final hidden state, after the final norm and before the unembedding")
        .put("placement", placement.name().toLowerCase(Locale.ROOT))
        .put("as_released", released);
    AtomicFile.write(folder.resolve(CONFIG), Json.pretty(config));
  }

  /** Adds the tensors under their names with a prefix. */
  void add(SafetensorsWriter writer, String prefix) {
    List<String> names = variant.names();
    for (int i = 0; i < names.size(); i++) {
      boolean last = i == names.size() - 1;
      List<Long> shape =
          last ? List.of((long) hidden, (long) inner()) : List.of((long) inner(), (long) hidden);
      writer.floats(prefix + names.get(i) + ".weight", shape, tensors.get(i));
    }
  }

  /** Reads files; the caller closes the result. */
  static FinalAdapter read(Path folder, Decoder decoder) throws IOException {
    JsonNode config = Json.MAPPER.readTree(folder.resolve(CONFIG).toFile());
    Variant variant = Variant.valueOf(config.path("variant").asText().toUpperCase(Locale.ROOT));
    List<float[]> parts = new ArrayList<>();
    try (MappedWeights file = Safetensors.open(folder.resolve(WEIGHTS))) {
      variant.names().forEach(name -> parts.add(file.floats(name + ".weight")));
    }
    int size = parts.get(0).length;
    float[] values = new float[size * parts.size()];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, values, i * size, size);
    }
    boolean released = config.path("as_released").asBoolean();
    return new FinalAdapter(
        decoder.config().layers(),
        variant.module(decoder.manager(), values, decoder.config().hidden()),
        1,
        Placement.valueOf(config.path("placement").asText().toUpperCase(Locale.ROOT)),
        released ? new Released(decoder::finalNorm, decoder.embeddingHead()::logits) : null);
  }

  /**
   * The unembedding with a linear adapter merged into it, [V, D]: W' = W + (W Wup) Wdown.
   *
   * @param manager owns the result
   */
  NDArray merged(NDManager manager, Decoder decoder) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray weight = decoder.weights().unembedding().duplicate();
      weight.attach(scratch);
      NDArray down = scratch.create(tensors.get(0), new Shape(inner(), hidden));
      NDArray up = scratch.create(tensors.get(1), new Shape(hidden, inner()));
      NDArray result = weight.add(weight.matMul(up).matMul(down));
      result.attach(manager);
      return result;
    }
  }
}
