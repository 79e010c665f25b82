package org.trimtab.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trimtab.export.LowRank.Factors;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.Json;
import org.trimtab.method.delta.BiasTuning.BlockBias;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.family.Tensor;
import org.trimtab.model.family.TensorNames;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.weights.GgufFile;
import org.trimtab.model.weights.GgufWriter;
import org.trimtab.model.weights.MappedWeights;
import org.trimtab.model.weights.Safetensors;
import org.trimtab.model.weights.SafetensorsWriter;
import org.trimtab.model.weights.StorageType;
import org.trimtab.model.weights.TensorContent;

/** Writes and reads what programs add to an unchanged model: LoRA adapters and vectors. */
final class Additions {
  static final String PEFT_WEIGHTS = "adapter_model.safetensors";
  static final String PEFT_CONFIG = "adapter_config.json";
  static final String LORA = "lora.gguf";
  static final String CONTROL_VECTOR = "control-vector.gguf";
  static final String STEERED = "steered.pt";

  private static final String HOOK = "layers.";

  private Additions() {}

  /**
   * A LoRA that was read.
   *
   * @param scale on B A
   */
  private record Lora(NDManager manager, LowRank factors, double scale, Map<Integer, NDArray> made)
      implements Intervention {
    @Override
    public int lowestLayer() {
      return factors.factors().keySet().stream().min(Integer::compare).orElse(Integer.MAX_VALUE);
    }

    @Override
    public NDArray oProjWeight(int layer, NDArray weight) {
      Factors own = factors.factors().get(layer);
      return own == null ? weight : made.computeIfAbsent(layer, l -> changed(own, weight));
    }

    private NDArray changed(Factors own, NDArray weight) {
      NDArray a = manager.create(own.a(), new Shape(factors.rank(), factors.width()));
      NDArray b = manager.create(own.b(), new Shape(factors.hidden(), factors.rank()));
      NDArray mine = weight.duplicate();
      mine.attach(manager);
      return mine.add(b.matMul(a).mul((float) scale));
    }

    @Override
    public void close() {
      manager.close();
    }
  }

  /**
   * Writes a LoRA in PEFT's layout.
   *
   * @param base the name or path of the model that it is for
   */
  static void writePeft(Path folder, LowRank lora, TensorNames names, String base)
      throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
    lora.factors()
        .forEach(
            (layer, own) -> {
              String name = peftName(names, layer);
              writer.floats(name + "lora_A.weight", shape(lora.rank(), lora.width()), own.a());
              writer.floats(name + "lora_B.weight", shape(lora.hidden(), lora.rank()), own.b());
            });
    writer.write(folder.resolve(PEFT_WEIGHTS));
    ObjectNode config = Json.object();
    config
        .put("peft_type", "LORA")
        .put("task_type", "CAUSAL_LM")
        .put("base_model_name_or_path", base)
        .put("r", lora.rank())
        .put("lora_alpha", lora.rank())
        .put("lora_dropout", 0.0);
    config.putArray("target_modules").add("o_proj");
    ArrayNode layers = config.putArray("layers_to_transform");
    lora.factors().keySet().forEach(layers::add);
    config
        .put("layers_pattern", "layers")
        .put("bias", "none")
        .put("fan_in_fan_out", false)
        .put("use_rslora", false)
        .put("use_dora", false)
        .put("inference_mode", true)
        .put("init_lora_weights", true)
        .putNull("modules_to_save");
    AtomicFile.write(folder.resolve(PEFT_CONFIG), Json.pretty(config));
  }

  private static String peftName(TensorNames names, int layer) {
    String weight = names.weight(Tensor.OUTPUT, layer);
    return "base_model.model." + weight.substring(0, weight.length() - "weight".length());
  }

  private static List<Long> shape(long rows, long columns) {
    return List.of(rows, columns);
  }

  /** Reads a LoRA in PEFT's layout; the caller closes it. */
  static Intervention readPeft(Path folder, TensorNames names, NDManager manager, int layers)
      throws IOException {
    JsonNode config = Json.MAPPER.readTree(folder.resolve(PEFT_CONFIG).toFile());
    int rank = config.path("r").asInt();
    double alpha = config.path("lora_alpha").asDouble();
    SortedMap<Integer, Factors> factors = new TreeMap<>();
    try (MappedWeights file = Safetensors.open(folder.resolve(PEFT_WEIGHTS))) {
      for (int layer = 0; layer < layers; layer++) {
        String name = peftName(names, layer);
        if (file.names().contains(name + "lora_A.weight")) {
          factors.put(
              layer,
              new Factors(
                  file.floats(name + "lora_A.weight"), file.floats(name + "lora_B.weight")));
        }
      }
    }
    return lora(rank, factors, alpha / rank, manager);
  }

  private static Intervention lora(
      int rank, SortedMap<Integer, Factors> factors, double scale, NDManager manager) {
    Factors first = factors.values().iterator().next();
    int width = first.a().length / rank;
    int hidden = first.b().length / rank;
    return new Lora(
        manager.newSubManager(), new LowRank(rank, width, hidden, factors), scale, new HashMap<>());
  }

  /** Writes a LoRA as llama.cpp reads it. */
  static void writeLoraGguf(Path folder, LowRank lora, TensorNames names, String architecture) {
    GgufWriter writer =
        GgufWriter.empty()
            .put("general.type", "adapter")
            .put("general.architecture", architecture)
            .put("adapter.type", "lora")
            .put("adapter.lora.alpha", (float) lora.rank());
    lora.factors()
        .forEach(
            (layer, own) -> {
              String name = names.weight(Tensor.OUTPUT, layer);
              writer.add(f32(name + ".lora_a", shape(lora.rank(), lora.width()), own.a()));
              writer.add(f32(name + ".lora_b", shape(lora.hidden(), lora.rank()), own.b()));
            });
    writer.write(folder.resolve(LORA));
  }

  private static TensorContent f32(String name, List<Long> shape, float[] values) {
    return TensorContent.floats(name, StorageType.F32, shape, () -> values);
  }

  /** Reads a LoRA for llama.cpp; the caller closes it. */
  static Intervention readLoraGguf(Path folder, TensorNames names, NDManager manager, int layers) {
    SortedMap<Integer, Factors> factors = new TreeMap<>();
    int rank = 1;
    double alpha;
    try (GgufFile file = GgufFile.open(folder.resolve(LORA))) {
      alpha = file.metadata().number("adapter.lora.alpha").orElse(0.0);
      for (int layer = 0; layer < layers; layer++) {
        String name = names.weight(Tensor.OUTPUT, layer);
        if (file.names().contains(name + ".lora_a")) {
          rank = Math.toIntExact(file.info(name + ".lora_a").shape().get(0));
          factors.put(
              layer, new Factors(file.floats(name + ".lora_a"), file.floats(name + ".lora_b")));
        }
      }
    }
    return lora(rank, factors, alpha / rank, manager);
  }

  /**
   * Writes vectors as llama.cpp reads them: {@code direction.N} is added to the output of block N,
   * counted from 0. Other programs' files are sometimes counted from 1, so the metadata say it.
   */
  static void writeControlVector(
      Path folder, SortedMap<Integer, float[]> vectors, String architecture) {
    GgufWriter writer =
        GgufWriter.empty()
            .put("general.architecture", "controlvector")
            .put("controlvector.model_hint", architecture)
            .put("controlvector.layer_count", vectors.size())
            .put("controlvector.layer_numbers", "direction.N: output of block N, counted from 0");
    vectors.forEach(
        (layer, vector) ->
            writer.add(f32("direction." + layer, List.of((long) vector.length), vector)));
    writer.write(folder.resolve(CONTROL_VECTOR));
  }

  /** Reads vectors for llama.cpp; the caller closes the result. */
  static Intervention readControlVector(Path folder, ModelConfig config, NDManager manager) {
    SortedMap<Integer, float[]> vectors = new TreeMap<>();
    try (GgufFile file = GgufFile.open(folder.resolve(CONTROL_VECTOR))) {
      for (String name : file.names()) {
        vectors.put(Integer.valueOf(name.substring("direction.".length())), file.floats(name));
      }
    }
    return biases(vectors, config, manager);
  }

  /** Writes vectors as lm-eval reads them, by the name of the block's module. */
  static void writeSteered(Path folder, SortedMap<Integer, float[]> vectors) throws IOException {
    Map<String, float[]> byModule = new LinkedHashMap<>();
    vectors.forEach((layer, vector) -> byModule.put(HOOK + layer, vector));
    TorchFile.write(folder.resolve(STEERED), byModule);
  }

  /** Reads vectors for lm-eval; the caller closes the result. */
  static Intervention readSteered(Path folder, ModelConfig config, NDManager manager)
      throws IOException {
    SortedMap<Integer, float[]> vectors = new TreeMap<>();
    TorchFile.read(folder.resolve(STEERED))
        .forEach(
            (name, vector) -> vectors.put(Integer.valueOf(name.substring(HOOK.length())), vector));
    return biases(vectors, config, manager);
  }

  private static Intervention biases(
      SortedMap<Integer, float[]> vectors, ModelConfig config, NDManager manager) {
    float[] all = new float[config.layers() * config.hidden()];
    vectors.forEach(
        (layer, vector) ->
            System.arraycopy(vector, 0, all, layer * config.hidden(), config.hidden()));
    return new BlockBias(manager.create(all, new Shape(config.layers(), config.hidden())));
  }
}
